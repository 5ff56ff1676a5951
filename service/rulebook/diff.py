"""Editions: which rows differ between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.rulebook.book import RuleBook
from service.rulebook.check_examples import list_tables
from service.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows of one site that ended, and those that began, between two days."""

    site: str
    ended: tuple[Rule, ...]
    began: tuple[Rule, ...]


def compare_editions(book: RuleBook, *, start: date, end: date) -> list[Difference]:
    """Return what changed from one day to another, a site an entry; sites without a change are left out."""
    differences = []
    for platform, rules in list_tables(book):
        ended = tuple(rule for rule in rules if rule.holds_on(start) and not rule.holds_on(end))
        began = tuple(rule for rule in rules if rule.holds_on(end) and not rule.holds_on(start))
        if ended or began:
            name = "どのサイトでも" if rules is book.common else book.sites[platform].name
            differences.append(Difference(name, ended, began))
    return differences
