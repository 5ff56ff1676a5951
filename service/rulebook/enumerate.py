"""Every combination of facts that a table can tell apart, tried one by one: the space is finite and small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from service.facts.fact import Ask, Claim, Facts, Signal
from service.rulebook.book import BOTH_STAGES, RuleBook
from service.rulebook.rule import Rule
from service.rulebook.table import RuleTable, match_rules
from service.vocabulary import ASK_KINDS, CLAIM_KINDS, AskKind, Platform, Stage

_ANY_DAY = date(2026, 1, 1)  # where no row has a first or last day, every day is the same


def list_boundary_days(rules: Sequence[Rule]) -> list[date]:
    """Return the days on which the table is another than the day before or after."""
    days = {rule.effective_from for rule in rules} | {rule.effective_until for rule in rules}
    return sorted(day for day in days if day) or [_ANY_DAY]


def find_gaps(book: RuleBook, platform: Platform, day: date) -> Iterator[tuple[AskKind, Stage]]:
    """Yield each plain ask, with nothing said about permission, that no row answers at a stage."""
    table = RuleTable(book.rules_for(platform))
    for kind, stage in product(ASK_KINDS, BOTH_STAGES):
        facts = Facts("client_message", asks=(Ask(kind, "", 0, 0),))
        if not match_rules(table, facts, stage=stage, as_of=day):
            yield kind, stage


def reach_rows(book: RuleBook, platform: Platform, day: date) -> set[str]:
    """Return the rows that some combination of facts brings to the fore."""
    rules = [rule for rule in book.rules_for(platform) if rule.holds_on(day)]
    table = RuleTable(rules)
    return {
        rule.id
        for facts, stage in product(_list_facts(rules), BOTH_STAGES)
        for rule, _ in match_rules(table, facts, stage=stage, as_of=day)
    }


def makes_difference(book: RuleBook, rule: Rule, changed: Rule) -> bool:
    """Whether any combination of facts, on any site and day, is decided otherwise with a row changed."""
    sites = [platform for platform in book.sites if any(each.id == rule.id for each in book.rules_for(platform))]
    for platform in sites:
        rules = book.rules_for(platform)
        table = RuleTable(rules)
        other = RuleTable([changed if each.id == rule.id else each for each in rules])
        facts = _list_facts([*rules, changed])
        for day in list_boundary_days([*rules]):
            for each, stage in product(facts, BOTH_STAGES):
                if _decide(table, each, stage, day) != _decide(other, each, stage, day):
                    return True
    return False


def _decide(table: RuleTable, facts: Facts, stage: Stage, day: date) -> list[tuple[str, int]]:
    return [(rule.id, len(asks)) for rule, asks in match_rules(table, facts, stage=stage, as_of=day)]


def _list_facts(rules: Sequence[Rule]) -> list[Facts]:
    """Return the facts that differ for these rows: what no row asks about makes no difference."""
    signals = {signal for rule in rules if not rule.when.asks for signal in rule.when.signals}
    found = [Facts("client_message", signals=(Signal(signal, "", 0, 0),)) for signal in sorted(signals)]
    for kind in ASK_KINDS:
        found += _list_asking(kind, [rule for rule in rules if kind in rule.when.asks])
    return found


def _list_asking(kind: AskKind, rows: Sequence[Rule]) -> list[Facts]:
    channels = [None, *sorted({channel for rule in rows for channel in rule.when.channels})]
    signals = [None, *sorted({signal for rule in rows for signal in rule.when.signals})]
    claims = [None, *(claim for claim in CLAIM_KINDS if any(claim in rule.when.claims for rule in rows))]
    return [
        Facts(
            "client_message",
            asks=(Ask(kind, "", 0, 0, channel),),
            claims=(Claim(claim, "", 0, 0),) if claim else (),
            signals=(Signal(signal, "", 0, 0),) if signal else (),
        )
        for channel, signal, claim in product(channels, signals, claims)
    ]
