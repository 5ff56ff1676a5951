"""Table: facts in, findings out. Hit policy: first row, for each ask; rows of signals alone apply besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter

from service.facts.fact import Ask, Facts
from service.rulebook.rule import NO_CLAIM, Rule
from service.vocabulary import AskKind, Stage

Match = tuple[Rule, tuple[Ask, ...]]


class RuleTable:
    """Rows in the order they are tried, by the kind of ask that they may decide."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.by_kind: dict[AskKind, list[tuple[int, Rule]]] = {}
        for at, rule in enumerate(rules):
            for kind in rule.when.asks:
                self.by_kind.setdefault(kind, []).append((at, rule))
        self.by_signals = [(at, rule) for at, rule in enumerate(rules) if not rule.when.asks]


def match_rules(table: RuleTable, facts: Facts, *, stage: Stage, as_of: date) -> list[Match]:
    """Return each row that decides, with the asks it decides, in the table's order."""
    decided: dict[int, tuple[Rule, list[Ask]]] = {}
    for ask in facts.asks:
        for at, rule in table.by_kind.get(ask.kind, ()):
            if rule.holds_on(as_of) and decides(rule, facts, ask, stage):
                decided.setdefault(at, (rule, []))[1].append(ask)
                break
    for at, rule in table.by_signals:
        if rule.holds_on(as_of) and decides(rule, facts, None, stage):
            decided[at] = rule, []
    return [(rule, tuple(asks)) for _, (rule, asks) in sorted(decided.items(), key=itemgetter(0))]


def decides(rule: Rule, facts: Facts, ask: Ask | None, stage: Stage) -> bool:
    """Whether a row holds for an ask (or, with none, for the signals alone)."""
    return explain_refusal(rule, facts, ask, stage) is None


def explain_refusal(rule: Rule, facts: Facts, ask: Ask | None, stage: Stage) -> str | None:
    """Return which condition failed first, or None where the row holds: the near misses of a trace."""
    when = rule.when
    if ask is not None and ask.kind not in when.asks:
        return "asks"
    if ask is not None and when.channels and ask.channel not in when.channels:
        return "channels"
    if ask is not None and ask.channel in when.not_channels:
        return "not_channels"
    # What is said to happen after the contract is judged as after the contract.
    judged: Stage = "after_contract" if ask is not None and ask.future else stage
    if when.stages and judged not in when.stages:
        return "stage"
    if when.claims and not _claimed(when.claims, facts):
        return "claims"
    if when.signals and not any(signal.kind in when.signals for signal in facts.signals):
        return "signals"
    if ask is None and facts.asks and rule.verdict != "danger":
        return "asks"  # milder rows of signals alone speak only where nothing was asked for
    return None


def _claimed(wanted: Iterable[str], facts: Facts) -> bool:
    made = {claim.kind for claim in facts.claims}
    return any(claim in made or (claim == NO_CLAIM and not made) for claim in wanted)
