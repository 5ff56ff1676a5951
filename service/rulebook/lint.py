"""Lint: what is wrong with rule data that loads — each with file, line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import re2

from service.facts.extract import Reader
from service.facts.lexicon import LARGEST_PROGRAM
from service.facts.parse import Example
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import list_tables
from service.rulebook.enumerate import find_gaps, list_boundary_days, reach_rows
from service.rulebook.mutants import find_redundant

TOLD_SIGNALS = {"hurry", "easy_money"}  # said beside a verdict, without a row
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
        *_lint_conditions(reader, book),
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
            if size > LARGEST_PROGRAM * (2 if term.anchored else 1):  # an anchored term looks at a few words only
                yield Problem(term.file, term.line, f"「{term.name}」のパターンが大きすぎます（{size}、上限{LARGEST_PROGRAM}）",
                              "パターンを分けるか、{0,50} のような間隔を狭めてください")  # fmt: skip
            if ".*" in expression or ".+" in expression:
                yield Problem(
                    term.file,
                    term.line,
                    f"「{term.name}」に .* か .+ があります",
                    "[^。\\n]{0,20} のように長さを決めてください",
                )
        for pattern in term.patterns:
            if re2.search(r"[(][?](?:P<|[a-zA-Z-]+[:)])", pattern):
                message = f"「{term.name}」のパターンに (?: 以外の (? があります"
                yield Problem(
                    term.file, term.line, message, "(?: に替えてください。大文字と小文字は exact_case で決めます"
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
_ENGINE_TERMS = {
    "negation", "negation_ahead", "negation_whole", "clause_break", "turn", "turn_ahead", "commitment", "answer_no",
    "as_job_subject", "matter_opens", "work_mark", "work_deed", "heading_any",
}  # fmt: skip


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
    for file in sorted({pattern.file for pattern in reader.patterns if "/facts/" in pattern.file}):
        for expect, word in (("hit", "当たる例"), ("miss", "当たらない例")):
            if not any(example.file == file and example.expect == expect for example in examples):
                yield Problem(file, 1, f"{word}（{expect}）がありません", f"examples: {expect}: に文章を書いてください")
    for pattern, other in find_redundant(reader):
        message = f"読み取り方「{pattern.id}」は「{other.id}」（{other.file}:{other.line}）に含まれています"
        yield Problem(pattern.file, pattern.line, message, "どちらかを消してください", False)


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


def _lint_conditions(reader: Reader, book: RuleBook) -> Iterator[Problem]:
    """A row that waits for a word nobody reads never speaks; a sign that no row waits for says nothing."""
    signals = {pattern.kind for pattern in reader.patterns if pattern.fact == "signal"}
    channels = {term.channel for term in reader.matcher.terms.values() if term.channel}
    for _, rules in list_tables(book):
        for rule in rules:
            for name in sorted(set(rule.when.signals) - signals):
                remedy = f"綴りを直すか、rules/facts に kind: {name} のファイルを作ってください"
                yield Problem(
                    rule.file, rule.line, f"{rule.id} のしるし「{name}」は、どこからも読み取られません", remedy
                )
            for name in sorted({*rule.when.channels, *rule.when.not_channels} - channels):
                remedy = f"使える値: {', '.join(sorted(channels))}"
                yield Problem(rule.file, rule.line, f"{rule.id} の手段「{name}」は、語彙にありません", remedy)
    used = {name for _, rules in list_tables(book) for rule in rules for name in rule.when.signals}
    used |= {answer.signal for answer in (*book.done, *book.questions)} | TOLD_SIGNALS
    for name in sorted(signals - used):
        at = next(pattern for pattern in reader.patterns if (pattern.fact, pattern.kind) == ("signal", name))
        remedy = f"rules/common/dangers.yaml などの行に signals: [{name}] と書いてください"
        yield Problem(at.file, at.line, f"しるし「{name}」を使う行がありません", remedy, False)


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
    for platform, site in book.sites.items():
        for day in list_boundary_days(book.rules_for(platform)):
            reached |= reach_rows(book, platform, day)
            for kind, stage in find_gaps(book, platform, day):
                message = f"{kind}（{stage}）に答える行がありません（{day}）"
                yield Problem(site.file, 1, message, "rules: に行を書き足してください")
    for _, rules in list_tables(book):
        for rule in rules:
            if rule.id not in reached:
                message = f"{rule.id} は、前の行にかくれて使われません"
                yield Problem(rule.file, rule.line, message, "順番を上げるか、消してください")
