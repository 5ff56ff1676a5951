"""Trace: why a message was read as it was — facts, the patterns that saw them, the rows that decided, the near misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.advice.advice import Advice
from service.consultation import Book
from service.evaluation.case import Case
from service.evaluation.overlooked import Overlooked, explain_overlooked
from service.facts.extract import Reader
from service.facts.fact import Ask, Facts
from service.rulebook.book import BOTH_STAGES, RuleBook
from service.rulebook.table import explain_refusal
from service.vocabulary import Stage

_MOST_NEAR = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact that was read: its words, where they stand, and the pattern that saw them."""

    fact: str
    kind: str
    quote: str
    start: int
    end: int
    pattern: str = ""  # "rules/facts/call.yaml:8 direct"
    channel: str = ""
    future: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """A row that decided."""

    rule: str
    verdict: str
    asks: tuple[str, ...]
    stage: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that names the ask and did not hold: the condition that failed first."""

    rule: str
    verdict: str
    ask: str
    stage: str
    condition: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything one needs to see why a message was read as it was."""

    platform: str
    stage: str
    stage_quote: str
    role: str
    language: str
    seen: tuple[Seen, ...]
    decided: tuple[Decided, ...]
    refused: tuple[Refused, ...]
    overlooked: tuple[Overlooked, ...]


def trace_case(case: Case, advice: Advice, book: Book) -> Trace:
    """Return the trace of an answer."""
    facts = advice.facts
    missing = sorted(case.asks - set(advice.asks))
    return Trace(
        platform=advice.platform,
        stage=advice.stage,
        stage_quote=facts.stage_quote,
        role=facts.role,
        language=facts.language,
        seen=tuple(_list_seen(facts, book.reader)),
        decided=tuple(Decided(f.rule, f.verdict, f.asks, f.stage) for f in advice.findings),
        refused=tuple(_list_refused(advice, book.rules)),
        overlooked=tuple(each for kind in missing for each in explain_overlooked(case.text, kind, book.reader)),
    )


def _list_seen(facts: Facts, reader: Reader) -> Iterator[Seen]:
    for ask in facts.asks:
        where = _find_pattern(ask, reader)
        yield Seen("ask", ask.kind, ask.quote, ask.start, ask.end, where, ask.channel or "", ask.future)
    for fact, found in (("claim", facts.claims), ("signal", facts.signals), ("contact", facts.contacts)):
        for each in found:
            yield Seen(fact, each.kind, each.quote, each.start, each.end)


def _find_pattern(ask: Ask, reader: Reader) -> str:
    for pattern in reader.patterns:
        if (pattern.fact, pattern.kind, pattern.id) == ("ask", ask.kind, ask.evidence):
            return f"{pattern.file}:{pattern.line} {pattern.id}"
    return ask.evidence


def _list_refused(advice: Advice, book: RuleBook) -> list[Refused]:
    stages: Sequence[Stage] = BOTH_STAGES if advice.stage == "unknown" else (advice.stage,)
    near = [
        Refused(rule.id, rule.verdict, ask.kind, stage, condition)
        for stage in stages
        for ask in advice.facts.asks
        for rule in book.rules_for(advice.platform)
        if rule.holds_on(advice.as_of) and ask.kind in rule.when.asks
        if (condition := explain_refusal(rule, advice.facts, ask, stage)) is not None
    ]
    return near[:_MOST_NEAR]
