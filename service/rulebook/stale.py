"""Freshness: which sources must be read again, which rules stand on them, and the day an answer stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from service.rulebook.book import RuleBook
from service.rulebook.check_examples import list_tables
from service.rulebook.finding import Finding, Source


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with the rules that stand on it, and how many days ago it was read."""

    id: str
    source: Source
    days: int
    rules: tuple[str, ...]


def list_standings(book: RuleBook, today: date) -> list[Standing]:
    """Return every source, the one read longest ago first."""
    rules: dict[str, list[str]] = {name: [] for name in book.sources}
    for _, rows in list_tables(book):
        for row in rows:
            for name in row.sources:
                rules[name].append(row.id)
    for answer in (*book.done, *book.questions):
        for name in answer.sources:
            rules[name].append(f"answers/{answer.signal.replace('_', '-')}")
    found = [
        Standing(name, source, (today - source.checked_on).days, tuple(dict.fromkeys(rules[name])))
        for name, source in book.sources.items()
    ]
    return sorted(found, key=lambda standing: (standing.source.checked_on, standing.id))


def list_stale(book: RuleBook, today: date, oldest: timedelta) -> list[Standing]:
    """Return the sources that were read longer ago than allowed, the oldest first."""
    return [standing for standing in list_standings(book, today) if standing.days > oldest.days]


def find_standing_day(findings: Iterable[Finding]) -> date | None:
    """Return the day of the oldest source that an answer stands on; None where it stands on none."""
    return min((source.checked_on for finding in findings for source in finding.sources), default=None)
