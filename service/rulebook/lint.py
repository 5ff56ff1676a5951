"""Lint: what is wrong with rule data that loads — each with file, line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import re2

from service.facts.extract import Reader
from service.facts.fact import Ask, Claim, Facts, Signal
from service.facts.lexicon import LARGEST_PROGRAM
from service.facts.parse import Example
from service.rulebook.book import BOTH_STAGES, RuleBook
from service.rulebook.check_examples import list_tables
from service.rulebook.rule import NO_CLAIM, Rule
from service.rulebook.table import match_rules
from service.vocabulary import ASK_KINDS, CLAIM_KINDS, AskKind, Platform

OLDEST_CHECK = timedelta(days=365)
LARGEST_GAP = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend. `grave` problems stop the check; the others are to be looked at."""

    file: str
    line: int
    message: str
    remedy: str
    grave: bool = True


def lint_book(reader: Reader, examples: Sequence[Example], book: RuleBook, *, today: date) -> list[Problem]:
    """Return every problem, in the order of files and lines."""
    problems = [
        *_lint_terms(reader),
        *_lint_patterns(reader, examples),
        *_lint_rules(book),
        *_lint_sources(book, today),
        *_lint_tables(book),
    ]
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.message))


def _lint_terms(reader: Reader) -> Iterator[Problem]:
    used = {name for pattern in reader.patterns for name in pattern.terms()}
    covered = {name for term in reader.matcher.terms.values() for name in term.covers}
    for term in reader.matcher.terms.values():
        for expression in term.expressions():
            size = re2.compile(expression).programsize
            if size > LARGEST_PROGRAM:
                yield Problem(term.file, term.line, f"「{term.name}」のパターンが大きすぎます（{size}、上限{LARGEST_PROGRAM}）",
                              "パターンを分けるか、{0,50} のような間隔を狭めてください")  # fmt: skip
            if ".*" in expression or ".+" in expression:
                yield Problem(
                    term.file,
                    term.line,
                    f"「{term.name}」に .* か .+ があります",
                    "[^。\\n]{0,20} のように長さを決めてください",
                )
        for name in term.covers:
            if name not in reader.matcher.terms:
                yield Problem(term.file, term.line, f"covers の「{name}」がありません", "語彙の名前を確かめてください")
        if term.name not in used and not term.covers and term.name not in covered and term.name not in _ENGINE_TERMS:
            yield Problem(
                term.file,
                term.line,
                f"「{term.name}」はどこからも使われていません",
                "消すか、facts から使ってください",
                False,
            )


# Terms the engine itself looks for: what takes a request back, what makes it one.
_ENGINE_TERMS = {"negation", "negation_ahead", "turn", "turn_ahead", "commitment", "as_job_subject"}


def _lint_patterns(reader: Reader, examples: Sequence[Example]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for pattern in reader.patterns:
        key = (pattern.file, pattern.id)
        if key in seen:
            yield Problem(
                pattern.file, pattern.line, f"id「{pattern.id}」が二度使われています", "別の名前にしてください"
            )
        seen[key] = pattern.id
        if pattern.within > LARGEST_GAP:
            yield Problem(
                pattern.file,
                pattern.line,
                f"間隔が広すぎます（{pattern.within}）",
                f"within を{LARGEST_GAP}以下にしてください",
            )
    for file in sorted({pattern.file for pattern in reader.patterns}):
        for expect, word in (("hit", "当たる例"), ("miss", "当たらない例")):
            if not any(example.file == file and example.expect == expect for example in examples):
                yield Problem(file, 1, f"{word}（{expect}）がありません", f"examples: {expect}: に文章を書いてください")


def _lint_rules(book: RuleBook) -> Iterator[Problem]:
    seen: set[str] = set()
    for _, rules in list_tables(book):
        for rule in rules:
            if rule.id in seen:
                yield Problem(rule.file, rule.line, f"id「{rule.id}」が二度使われています", "別の名前にしてください")
            seen.add(rule.id)
            for expect, word in (("hit", "当たる例"), ("miss", "当たらない例")):
                if not any(example.expect == expect for example in rule.examples):
                    yield Problem(
                        rule.file,
                        rule.line,
                        f"{rule.id} に{word}がありません",
                        f"examples: {expect}: に文章を書いてください",
                    )
            if rule.effective_from and rule.effective_until and rule.effective_from > rule.effective_until:
                yield Problem(rule.file, rule.line, f"{rule.id} の期間が逆です", "from と until を見直してください")


def _lint_sources(book: RuleBook, today: date) -> Iterator[Problem]:
    rows = [rule for _, rules in list_tables(book) for rule in rules]
    used = {name for rule in rows for name in rule.sources}
    used |= {name for row in (*book.done, *book.questions) for name in row.sources}
    for name, source in book.sources.items():
        if today - source.checked_on > OLDEST_CHECK:
            yield Problem("rules/sources.yaml", 1, f"出典「{name}」は{source.checked_on}から確かめていません",
                          f"{source.url} を読み直し、checked_on を直してください", False)  # fmt: skip
        if source.checked_on > today:
            yield Problem("rules/sources.yaml", 1, f"出典「{name}」の日付が先の日です", "checked_on を見直してください")
        if name not in used:
            yield Problem(
                "rules/sources.yaml", 1, f"出典「{name}」は使われていません", "消すか、ルールから使ってください", False
            )


def _lint_tables(book: RuleBook) -> Iterator[Problem]:
    """Try every combination of facts a table can tell apart: find rows never reached and asks never answered."""
    reached: set[str] = set()
    for platform in book.sites:
        for day in _boundary_days(book.rules_for(platform)):
            for kind in ASK_KINDS:
                reached |= set(_reach(book, platform, kind, day))
            reached |= _reach_signals(book, platform, day)
            yield from _find_gaps(book, platform, day)
    for _, rules in list_tables(book):
        for rule in rules:
            if rule.id not in reached:
                yield Problem(
                    rule.file,
                    rule.line,
                    f"{rule.id} は、前の行にかくれて使われません",
                    "順番を上げるか、消してください",
                )


def _find_gaps(book: RuleBook, platform: Platform, day: date) -> Iterator[Problem]:
    """A plain ask, with nothing said about permission, must be answered before and after the contract."""
    for kind, stage in product(ASK_KINDS, BOTH_STAGES):
        facts = Facts("client_message", asks=(Ask(kind, "", 0, 0),))
        if not match_rules(book.rules_for(platform), facts, stage=stage, as_of=day):
            file = book.sites[platform].file
            yield Problem(file, 1, f"{kind}（{stage}）に答える行がありません（{day}）", "rules: に行を書き足してください")


def _boundary_days(rules: Sequence[Rule]) -> list[date]:
    days = {rule.effective_from for rule in rules} | {rule.effective_until for rule in rules}
    return sorted(day for day in days if day) or [date(2026, 1, 1)]


def _reach(book: RuleBook, platform: Platform, kind: AskKind, day: date) -> Iterator[str]:
    rules = book.rules_for(platform)
    channels = {None, *(channel for rule in rules for channel in rule.when.channels)}
    signals = {None, *(signal for rule in rules for signal in rule.when.signals)}
    claims = [None, *(claim for claim in CLAIM_KINDS if any(claim in rule.when.claims for rule in rules))]
    for stage in BOTH_STAGES:
        for channel in channels:
            for signal in signals:
                for claim in claims:
                    facts = Facts(
                        "client_message",
                        asks=(Ask(kind, "", 0, 0, channel),),
                        claims=(Claim(claim, "", 0, 0),) if claim and claim != NO_CLAIM else (),
                        signals=(Signal(signal, "", 0, 0),) if signal else (),
                    )
                    yield from (rule.id for rule, asks in match_rules(rules, facts, stage=stage, as_of=day) if asks)


def _reach_signals(book: RuleBook, platform: Platform, day: date) -> set[str]:
    rules = book.rules_for(platform)
    signals = {signal for rule in rules for signal in rule.when.signals}
    return {
        rule.id
        for signal in signals
        for stage in BOTH_STAGES
        for rule, _ in match_rules(
            rules, Facts("client_message", signals=(Signal(signal, "", 0, 0),)), stage=stage, as_of=day
        )
    }
