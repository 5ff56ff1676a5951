"""Explain a judgement: which rows were tried for each ask, what each lacked, and what one change would turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from service.facts.fact import Ask, Claim, Facts
from service.rulebook.book import RuleBook
from service.rulebook.rule import Rule
from service.rulebook.table import decides, explain_refusal
from service.vocabulary import CLAIM_KINDS, ClaimKind, Platform, Stage

Condition = Literal["stage", "claim", "no_claim"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A row that speaks of the ask. `lacks` is the condition that failed first, empty for the row that decides."""

    rule: Rule
    lacks: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One change to the facts, and the row that would then decide instead: a near miss."""

    condition: Condition
    value: str  # the stage or the claim that would have to be there; of no_claim, the claim that would have to go
    rule: Rule


@dataclass(frozen=True, slots=True)
class Explained:
    """How one ask was decided at one stage. Without an ask it is about the signals alone."""

    ask: Ask | None
    stage: Stage
    tried: tuple[Tried, ...]
    turns: tuple[Turn, ...]

    @property
    def decided(self) -> Rule | None:
        """The row that decides, if one does."""
        return next((each.rule for each in self.tried if not each.lacks), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a judgement stands on besides the facts."""

    platform: Platform
    stages: tuple[Stage, ...]  # both where the stage is not known
    as_of: date


def explain(book: RuleBook, facts: Facts, ground: Ground) -> tuple[Explained, ...]:
    """Return, for each stage and each ask, the rows that were tried and the near misses; then the signals' rows."""
    rules = [rule for rule in book.rules_for(ground.platform) if rule.holds_on(ground.as_of)]
    explained = [_explain_ask(rules, facts, ask, stage) for stage in ground.stages for ask in facts.asks]
    for stage in ground.stages:
        tried = tuple(Tried(rule, "") for rule in rules if not rule.when.asks and decides(rule, facts, None, stage))
        if tried:
            explained.append(Explained(None, stage, tried, ()))
    return tuple(explained)


def _explain_ask(rules: Sequence[Rule], facts: Facts, ask: Ask, stage: Stage) -> Explained:
    tried = []
    for rule in rules:
        if ask.kind not in rule.when.asks:
            continue
        lacks = explain_refusal(rule, facts, ask, stage)
        tried.append(Tried(rule, lacks or ""))
        if lacks is None:
            break
    decided = _decide(rules, facts, ask, stage)
    turns: dict[str, Turn] = {}
    for turn in _try_changes(rules, facts, ask, stage):
        if decided is None or turn.rule.id != decided.id:
            turns.setdefault(turn.rule.id, turn)
    return Explained(ask, stage, tuple(tried), tuple(turns.values()))


def _try_changes(rules: Sequence[Rule], facts: Facts, ask: Ask, stage: Stage) -> Iterator[Turn]:
    other: Stage = "before_contract" if stage == "after_contract" or ask.future else "after_contract"
    if (rule := _decide(rules, facts, replace(ask, future=False), other)) is not None:
        yield Turn("stage", other, rule)
    made = {claim.kind for claim in facts.claims}
    for kind in CLAIM_KINDS:
        if kind in made:
            rest = tuple(claim for claim in facts.claims if claim.kind != kind)
            rule, condition = _decide(rules, replace(facts, claims=rest), ask, stage), "no_claim"
        else:
            rule, condition = _decide(rules, _with_claim(facts, kind), ask, stage), "claim"
        if rule is not None:
            yield Turn("claim" if condition == "claim" else "no_claim", kind, rule)


def _with_claim(facts: Facts, kind: ClaimKind) -> Facts:
    return replace(facts, claims=(*facts.claims, Claim(kind, "", 0, 0)))


def _decide(rules: Sequence[Rule], facts: Facts, ask: Ask, stage: Stage) -> Rule | None:
    return next((rule for rule in rules if decides(rule, facts, ask, stage)), None)
