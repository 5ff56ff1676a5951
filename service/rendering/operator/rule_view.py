"""The rule book as the desk shows it: rows with their sources and how old those are, what fires, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from service.rendering.operator.words import name_sites
from service.rendering.rule_table import describe_condition
from service.rulebook.book import RuleBook, fill_slots
from service.rulebook.check_examples import list_tables
from service.rulebook.diff import compare_editions
from service.rulebook.finding import Source
from service.rulebook.lint import OLDEST_CHECK
from service.rulebook.rule import Rule

COMMON = "common"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source and how long ago somebody read it."""

    source: Source
    days: int
    used_by: int = 0

    @property
    def is_old(self) -> bool:
        """Whether it should be read again."""
        return self.days > OLDEST_CHECK.days


@dataclass(frozen=True, slots=True)
class RowView:
    """A row in words."""

    rule: Rule
    condition: str
    what: str
    why: str
    do: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """How often a row decided: in answers, and in the tables' own examples."""

    rule: Rule
    answers: int
    examples: int


@dataclass(frozen=True, slots=True)
class Change:
    """The rows of one site that ended and those that began."""

    site: str
    ended: tuple[RowView, ...]
    began: tuple[RowView, ...]


def list_tabs(book: RuleBook) -> tuple[tuple[str, str], ...]:
    """Return what tables there are: the common one first."""
    return ((COMMON, "どのサイトでも"), *name_sites(book).items())


def view_table(book: RuleBook, tab: str, day: date) -> tuple[RowView, ...]:
    """Return the rows of a table that are in force on a day."""
    if tab == COMMON:
        return _view_rows(book, (rule for rule in book.common if rule.holds_on(day)), {"site": "サイト"}, day)
    site = next(site for site in book.sites.values() if site.platform == tab)
    return _view_rows(book, (rule for rule in site.rules if rule.holds_on(day)), site.slots, day)


def view_sources(book: RuleBook, today: date) -> tuple[SourceView, ...]:
    """Return every source, the one read longest ago first."""
    rows = [rule for _, rules in list_tables(book) for rule in rules]
    views = [
        SourceView(source, (today - source.checked_on).days, sum(name in rule.sources for rule in rows))
        for name, source in book.sources.items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.days, view.source.title)))


def view_coverage(
    book: RuleBook, answers: Mapping[str, int], examples: Mapping[str, int], day: date
) -> dict[str, list[Fired]]:
    """Return how often each row in force fired, by table, the rarest first."""
    covered: dict[str, list[Fired]] = {}
    for platform, rules in list_tables(book):
        title = "どのサイトでも" if rules is book.common else name_sites(book)[platform]
        fired = [Fired(rule, answers.get(rule.id, 0), examples.get(rule.id, 0)) for rule in rules if rule.holds_on(day)]
        covered[title] = sorted(fired, key=lambda each: (each.answers, each.examples))
    return covered


def view_changes(book: RuleBook, *, start: date, end: date) -> tuple[Change, ...]:
    """Return what changed between two days."""
    slots = {site.name: site.slots for site in book.sites.values()}
    return tuple(
        Change(
            each.site,
            _view_rows(book, each.ended, slots.get(each.site, {"site": "サイト"}), end),
            _view_rows(book, each.began, slots.get(each.site, {"site": "サイト"}), end),
        )
        for each in compare_editions(book, start=start, end=end)
    )


def _view_rows(book: RuleBook, rules: Iterable[Rule], slots: Mapping[str, str], today: date) -> tuple[RowView, ...]:
    filled = {**slots, "asked": "頼みごと"}
    return tuple(
        RowView(
            rule,
            describe_condition(rule),
            fill_slots(rule.what, filled),
            fill_slots(rule.why, filled),
            fill_slots(rule.do, filled),
            tuple(
                SourceView(source, (today - source.checked_on).days)
                for source in (book.sources[name] for name in rule.sources)
            ),
        )
        for rule in rules
    )
