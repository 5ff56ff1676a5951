"""The client's words that prove an answer, each in what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.fact import Facts
from service.rendering.line.measure import cut_units
from service.rendering.names import ASK_NAMES, CLAIM_NAMES
from service.vocabulary import AskKind

_AROUND = 14  # characters shown before and after
_LONGEST = 160  # UTF-16 units of one quotation
_ENDS = "。！？!?\n"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the client and what they are: `names` says it to the worker."""

    names: tuple[str, ...]
    before: str
    words: str
    after: str


def quote_facts(facts: Facts, text: str, gravest: Sequence[AskKind]) -> tuple[Quotation, ...]:
    """Return a quotation for each ask and claim, those of the gravest findings first; the same words are quoted once."""
    ranks = {kind: rank for rank, kind in enumerate(dict.fromkeys(gravest))}
    asks = sorted(facts.asks, key=lambda ask: ranks.get(ask.kind, len(ranks)))  # else in reading order
    spans: dict[tuple[int, int], list[str]] = {}
    for ask in asks:
        spans.setdefault((ask.start, ask.end), []).append(ASK_NAMES[ask.kind])
    for claim in facts.claims:
        spans.setdefault((claim.start, claim.end), []).append(CLAIM_NAMES[claim.kind])
    return tuple(_quote(text, span, names) for span, names in spans.items())


def _quote(text: str, span: tuple[int, int], names: list[str]) -> Quotation:
    start, end = span
    return Quotation(
        names=tuple(dict.fromkeys(names)),
        before=_before(text[:start]),
        words=cut_units(" ".join(text[start:end].split()), _LONGEST),
        after=_after(text[end:]),
    )


def _before(text: str) -> str:
    """Return the end of what stands before, from the start of the sentence where that is near."""
    near = text[-_AROUND:]
    cut = max(near.rfind(sign) for sign in _ENDS) + 1
    return near[cut:].lstrip() if cut or len(text) <= _AROUND else "…" + near


def _after(text: str) -> str:
    """Return the beginning of what follows, to the end of the sentence where that is near."""
    near = text[:_AROUND]
    found = [place for sign in _ENDS if (place := near.find(sign)) >= 0]
    if found:
        return near[: min(found) + 1].rstrip()
    return near if len(text) <= _AROUND else near + "…"
