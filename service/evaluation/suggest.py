"""Suggest: a labelled message that would notice a broken rule, to be copied into the rule file as an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.evaluation.case import Case
from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.pattern import Reading
from service.rulebook.book import BOTH_STAGES, RuleBook
from service.rulebook.check_examples import judge_rule_example, list_tables, shows
from service.rulebook.mutants import Mutant
from service.rulebook.mutate import Ground, replace_rule
from service.rulebook.rule import Example, Rule
from service.vocabulary import Platform, Stage


@dataclass(frozen=True, slots=True)
class Known:
    """A labelled message whose asks are read as labelled: only such a one is fit to be an example."""

    case: Case
    facts: Facts
    reading: Reading
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An example to add: to which file, hit or miss, for which row (or fact), and where its text was found."""

    file: str
    expect: str
    text: str
    place: str
    rule: str = ""
    stage: Stage = "unknown"
    verdict: str = ""


def know_cases(cases: Sequence[Case], reader: Reader) -> list[Known]:
    """Return the messages that are read as labelled, the shortest first."""
    known = []
    for case in sorted(cases, key=lambda case: len(case.text)):
        facts, reading = reader.read(case.text)
        if {ask.kind for ask in facts.asks} == case.asks:
            terms = frozenset(name for name, tokens in reading.found.items() if tokens)
            known.append(Known(case, facts, reading, terms))
    return known


def find_suggestion(mutant: Mutant, ground: Ground, known: Sequence[Known]) -> Suggestion | None:
    """Return the shortest message that would notice a mutant, if there is one."""
    found = _for_row(mutant.rule, ground.book, known) if mutant.rule else _for_fact(mutant, ground, known)
    return next(found, None)


def _for_fact(mutant: Mutant, ground: Ground, known: Sequence[Known]) -> Iterator[Suggestion]:
    anchors = ground.find_anchors(mutant)
    near = [
        each
        for each in known
        if (anchors & each.terms or ground.is_everywhere(mutant)) and ground.may_change(mutant, each.reading)
    ]
    if not near:
        return
    changed = ground.change_reader(mutant)
    kinds = dict.fromkeys((pattern.fact, pattern.kind, pattern.file) for pattern in ground.reader.patterns)
    own_first = sorted(kinds, key=lambda kind: kind[2] != mutant.file)
    for each in near:
        facts = changed.read_facts(each.case.text)
        if facts == each.facts:
            continue
        for fact, kind, file in own_first:
            now = shows(each.facts, fact, kind)
            if now != shows(facts, fact, kind):
                yield Suggestion(file, "hit" if now else "miss", each.case.text, each.case.place)
                break


def _for_row(changed: Rule, book: RuleBook, known: Sequence[Known]) -> Iterator[Suggestion]:
    platform, rule = _find_row(book, changed.id)
    broken = replace_rule(book, changed)
    for each in known:
        stages: tuple[Stage, ...] = tuple(dict.fromkeys((each.case.stage or "unknown", *BOTH_STAGES)))
        for stage in stages:
            hit = Example(each.case.text, "hit", stage, None, 0)
            now = judge_rule_example(rule, hit, platform, each.facts, book)
            verdict = book.judge(each.facts, platform=platform, stage=stage, as_of=rule.effective_until or date.max)
            example = Example(each.case.text, "hit" if now else "miss", stage, None, 0, verdict.verdict if now else "")
            if not judge_rule_example(rule, example, platform, each.facts, broken):
                place, said = each.case.place, example.verdict
                yield Suggestion(rule.file, example.expect, each.case.text, place, rule.id, stage, said)


def _find_row(book: RuleBook, name: str) -> tuple[Platform, Rule]:
    return next((platform, rule) for platform, rules in list_tables(book) for rule in rules if rule.id == name)
