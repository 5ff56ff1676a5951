"""Mutation of rule data: break a rule a little; if no example notices, an example is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.hits import find_hits
from service.facts.parse import Example
from service.facts.pattern import Pattern, Reading
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import judge_rule_example, list_tables, shows
from service.rulebook.mutants import Mutant
from service.rulebook.rule import Example as RuleExample
from service.rulebook.rule import Rule
from service.vocabulary import Platform


@dataclass(frozen=True, slots=True)
class _RowCase:
    rule: Rule
    example: RuleExample
    platform: Platform


@dataclass(frozen=True, slots=True)
class _Case:
    """A text with everything that rule files promise about it, and what is read from it now."""

    text: str
    facts: Facts
    reading: Reading
    terms: frozenset[str]
    promises: tuple[Example, ...]
    rows: tuple[_RowCase, ...]


class Ground:
    """The rules as they are, with their examples read once: what every mutant is tried against."""

    def __init__(self, reader: Reader, book: RuleBook, examples: Sequence[Example]) -> None:
        self.reader, self.book = reader, book
        self.cases = [*_gather_cases(reader, book, examples)]

    def is_noticed(self, mutant: Mutant) -> bool:
        """Whether an example of the rule files fails with the mutant in place."""
        if mutant.rule is not None:
            return self._is_row_noticed(mutant.rule)
        touched = [case for case in self._touched(mutant) if self.may_change(mutant, case.reading)]
        if not touched:
            return False
        changed = self.change_reader(mutant)
        return any(self._breaks(case, changed.read_facts(case.text)) for case in touched)

    def may_change(self, mutant: Mutant, reading: Reading) -> bool:
        """Whether a text can be read otherwise with the mutant: a cheap look before it is read anew.

        Where no changed pattern finds other places, nothing that is read from the text can differ.
        """
        patterns = self.reader.patterns
        return bool(mutant.term) or any(
            _find_places(patterns[number], reading) != (_find_places(changed, reading) if changed else [])
            for number, changed in mutant.patterns
        )

    def change_reader(self, mutant: Mutant) -> Reader:
        """Return a reader with the mutant in place."""
        patterns = list(self.reader.patterns)
        for number, pattern in sorted(mutant.patterns, reverse=True):
            patterns[number : number + 1] = [pattern] if pattern else []
        matcher = self.reader.matcher.without(mutant.term) if mutant.term else self.reader.matcher
        return Reader(tuple(matcher.terms.values()), patterns, matcher)

    def find_anchors(self, mutant: Mutant) -> set[str]:
        """Return the terms of which a text must hold one to notice the mutant."""
        named = mutant.anchors
        return named | {name for number, _ in mutant.patterns for name in self.reader.patterns[number].needs[0]}

    def is_everywhere(self, mutant: Mutant) -> bool:
        """Whether a term is dropped that is only looked for beside others, not for itself: any text may notice."""
        return bool(mutant.term) and self.reader.matcher.terms[mutant.term].anchored

    def _touched(self, mutant: Mutant) -> list[_Case]:
        """Return the texts that can notice, those of the mutant's own file first."""
        anchors = self.find_anchors(mutant)
        touched = [case for case in self.cases if anchors & case.terms or self.is_everywhere(mutant)]
        return sorted(touched, key=lambda case: all(promise.file != mutant.file for promise in case.promises))

    def _breaks(self, case: _Case, facts: Facts) -> bool:
        if facts == case.facts:
            return False
        if any(shows(facts, each.fact, each.kind) != (each.expect == "hit") for each in case.promises):
            return True
        return any(not judge_rule_example(row.rule, row.example, row.platform, facts, self.book) for row in case.rows)

    def _is_row_noticed(self, changed: Rule) -> bool:
        book = replace_rule(self.book, changed)
        rows = [(case, row) for case in self.cases for row in case.rows]
        return any(not judge_rule_example(row.rule, row.example, row.platform, case.facts, book) for case, row in rows)


def _find_places(pattern: Pattern, reading: Reading) -> list[tuple[int, int, int]]:
    return [(hit.anchor.start, hit.start, hit.end) for hit in find_hits(pattern, reading)]


def replace_rule(book: RuleBook, changed: Rule) -> RuleBook:
    """Return the book with another row in the place of the one with its id."""
    sites = {
        name: replace(site, rules=tuple(changed if rule.id == changed.id else rule for rule in site.rules))
        for name, site in book.sites.items()
    }
    common = tuple(changed if rule.id == changed.id else rule for rule in book.common)
    return replace(book, common=common, sites=sites)


def _gather_cases(reader: Reader, book: RuleBook, examples: Sequence[Example]) -> Iterator[_Case]:
    promises: dict[str, list[Example]] = {}
    rows: dict[str, list[_RowCase]] = {}
    for example in examples:
        if example.expect != "todo":
            promises.setdefault(example.text, []).append(example)
    for platform, rules in list_tables(book):
        for rule in rules:
            for each in rule.examples:
                rows.setdefault(each.text, []).append(_RowCase(rule, each, platform))
    for text in dict.fromkeys([*promises, *rows]):
        facts, reading = reader.read(text)
        terms = frozenset(name for name, tokens in reading.found.items() if tokens)
        yield _Case(text, facts, reading, terms, tuple(promises.get(text, ())), tuple(rows.get(text, ())))
