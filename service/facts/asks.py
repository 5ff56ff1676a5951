"""Asks: of everything that reads as one kind of request, the one to be told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from service.facts.fact import Ask
from service.facts.hits import look_for
from service.facts.lexicon import Term
from service.facts.pattern import Hit, LivePattern, Pattern, Reading
from service.intake.view import View
from service.vocabulary import AskKind

_FUTURE_REACH = 44  # characters between "after the contract" and what is said to happen then
_VAGUE: Mapping[str | None, int] = {None: 2, "builtin": 1}


class AskFinder:
    """What tells of a hit how much it says: the channel its words stand for."""

    def __init__(self, terms: Iterable[Term], patterns: Iterable[Pattern]) -> None:
        self._channels = {term.name: term.channel for term in terms}
        grave = {term.channel for term in terms if term.severe}
        self._severe = {name: channel in grave for name, channel in self._channels.items()}
        self._grave_terms = frozenset(name for name, severe in self._severe.items() if severe)
        # The kinds of which some pattern names a channel; of the others one hit says as much as another.
        self._named = {
            pattern.kind
            for pattern in patterns
            if pattern.fact == "ask" and any(self._channels.get(name) for name in pattern.needs[0])
        }

    def find_asks(self, reading: Reading, futures: Sequence[Hit], view: View, text: str) -> tuple[Ask, ...]:
        """Return one ask of each kind, in reading order; every quote is an exact slice of the text."""
        by_kind: dict[str, list[LivePattern]] = {}
        for live in reading.live.get("ask", ()):
            by_kind.setdefault(live[0].kind, []).append(live)
        chosen = [self._choose_hit(kind, patterns, reading, futures) for kind, patterns in by_kind.items()]
        asks = [self._make_ask(hit, view, text, is_future(hit, futures, reading)) for hit in chosen if hit]
        return tuple(sorted(asks, key=lambda ask: (ask.start, ask.kind)))

    def _choose_hit(
        self, kind: str, patterns: Sequence[LivePattern], reading: Reading, futures: Sequence[Hit]
    ) -> Hit | None:
        """Return the gravest hit, then the plainest, then the first; looking ends at one that none can beat."""
        best, least = None, (True, True, 3)
        most = (reading.found.where.keys().isdisjoint(self._grave_terms), False, 0 if kind in self._named else 2)
        for pattern, bits in patterns:
            for hit in look_for(pattern, reading, bits):
                weight = self._weigh(hit, is_future(hit, futures, reading))
                if weight < least:
                    best, least = hit, weight
                if least <= most:
                    return best
        return best

    def _weigh(self, hit: Hit, future: bool) -> tuple[bool, bool, int]:
        name = hit.anchor.term
        return not self._severe[name], future, _VAGUE.get(self._channels[name], 0)

    def _make_ask(self, hit: Hit, view: View, text: str, future: bool) -> Ask:
        span = view.locate(hit.start, hit.end)
        return Ask(
            kind=cast(AskKind, hit.pattern.kind),
            quote=text[span.start : span.end],
            start=span.start,
            end=span.end,
            channel=self._channels[hit.anchor.term],
            evidence=hit.pattern.id,
            future=future,
        )


def is_future(hit: Hit, futures: Sequence[Hit], reading: Reading) -> bool:
    """Whether the same sentence has said "after the contract" a little before."""
    if not futures:
        return False
    index = reading.sentences.index
    start = hit.anchor.start
    return any(0 <= start - future.end <= _FUTURE_REACH and index(future.start) == index(start) for future in futures)
