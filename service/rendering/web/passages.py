"""The worker's text cut into passages: plain ones, and those that prove the answer, each with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from service.facts.fact import Ask, Claim, Facts


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text. `kinds` are the asks and claims it belongs to; `ending` are those that end here."""

    text: str
    kinds: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


def cut_passages(text: str, facts: Facts) -> tuple[Passage, ...]:
    """Return the whole text, cut where a marked span begins or ends; joined, the passages are the text again."""
    found: tuple[Ask | Claim, ...] = (*facts.asks, *facts.claims)
    spans = [(each.start, each.end, str(each.kind)) for each in found if each.start < each.end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return tuple(_passage(text, low, high, spans) for low, high in pairwise(edges))


def _passage(text: str, low: int, high: int, spans: list[tuple[int, int, str]]) -> Passage:
    inside = [(end, kind) for start, end, kind in spans if start <= low and high <= end]
    kinds = tuple(dict.fromkeys(kind for _, kind in inside))
    return Passage(text[low:high], kinds, tuple(dict.fromkeys(kind for end, kind in inside if end == high)))
