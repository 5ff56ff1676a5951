"""Freshness: what must be read again, and the day an answer stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from service.rendering.names import name_standing
from service.rulebook.book import RuleBook
from service.rulebook.stale import find_standing_day, list_stale, list_standings
from tests.unit.rulebook.conftest import Judge

TODAY = date(2026, 11, 24)
YEAR = timedelta(days=365)


def aged(rules: RuleBook, **days: date) -> RuleBook:
    """Return the book with sources last read on other days."""
    changed = {name: replace(rules.sources[name], checked_on=day) for name, day in days.items()}
    return replace(rules, sources={**rules.sources, **changed})


def old_book(rules: RuleBook) -> RuleBook:
    """A book with two sources too old: the older one second."""
    names = sorted(rules.sources)[:2]
    return aged(rules, **{names[0]: date(2025, 11, 23), names[1]: date(2024, 1, 1)})


def test_old_sources_come_oldest_first(rules: RuleBook) -> None:
    names = sorted(rules.sources)[:2]
    assert [each.id for each in list_stale(old_book(rules), TODAY, YEAR)] == [names[1], names[0]]


def test_a_source_read_a_year_ago_to_the_day_is_fresh(rules: RuleBook) -> None:
    name = min(rules.sources)
    assert list_stale(aged(rules, **{name: TODAY - YEAR}), TODAY, YEAR) == []


def test_the_rules_on_a_source_are_named(rules: RuleBook) -> None:
    standing = {each.id: each.rules for each in list_standings(rules, TODAY)}
    assert "crowdworks/contact-before-contract" in standing["cw-application-2020"]
    assert any(rule.startswith("answers/") for rules_ in standing.values() for rule in rules_)


def test_an_answer_stands_on_the_day_of_its_oldest_source(rules: RuleBook, judge: Judge) -> None:
    findings = judge("call").findings
    first = findings[0].sources[0]
    older = replace(findings[0], sources=(first, replace(first, checked_on=date(2025, 5, 5))))
    assert find_standing_day([*findings, older]) == date(2025, 5, 5)
    assert name_standing([older], "e") == "2025-05-05 に確かめた出典によるお答えです。"


def test_an_answer_without_a_source_stands_on_the_edition() -> None:
    assert find_standing_day([]) is None
    assert name_standing([], "2026.11.1") == "ルールの版 2026.11.1 によるお答えです。"
