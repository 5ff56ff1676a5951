"""Asks: of everything that reads as one kind of request, the one to be told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from service.facts.fact import Ask
from service.facts.hits import find_refused, look_for
from service.facts.lexicon import Term
from service.facts.live import Live
from service.facts.pattern import Hit, LivePattern, Pattern, Reading
from service.facts.second_look import EVIDENCE, SecondLook
from service.intake.view import View
from service.vocabulary import AskKind

_FUTURE_REACH = 44  # characters between "after the contract" and what is said to happen then
_VAGUE: Mapping[str | None, int] = {None: 2, "builtin": 1}


class AskFinder:
    """What tells of a hit how much it says: the channel its words stand for."""

    def __init__(self, terms: Sequence[Term], patterns: Sequence[Pattern], second: SecondLook | None = None) -> None:
        self._second = second
        self.channels = {term.name: term.channel for term in terms}
        grave = {term.channel for term in terms if term.severe}
        self.severe = {name: channel in grave for name, channel in self.channels.items()}
        self._grave_terms = frozenset(name for name, severe in self.severe.items() if severe)
        self._naming: dict[str, set[str]] = {}  # by kind: the terms that name a channel and begin a pattern
        self._by_kind: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            if pattern.fact == "ask":
                self._by_kind.setdefault(pattern.kind, []).append(pattern)
                named = {name for name in pattern.needs[0] if self.channels.get(name)}
                self._naming.setdefault(pattern.kind, set()).update(named)
        # The kinds of which some pattern names a channel; of the others one hit says as much as another.
        self._named = {kind for kind, names in self._naming.items() if names}

    def find_asks(self, reading: Reading, live: Live, futures: Sequence[Hit], view: View, text: str) -> tuple[Ask, ...]:
        """Return one ask of each kind, in reading order; every quote is an exact slice of the text."""
        kinds = live.list_kinds("ask")
        chosen = [self._choose_hit(kind, patterns, reading, futures) for kind, patterns in kinds]
        asks = [self._make_ask(hit, view, text, is_future(hit, futures, reading)) for hit in chosen if hit]
        seen = {ask.kind for ask in asks}
        for kind in reading.look.likely:
            if kind not in seen and (sentence := self._find_unrefused(kind, reading)):
                asks.append(self._point_out(kind, sentence, reading, futures, view, text))
        return tuple(sorted(asks, key=lambda ask: (ask.start, ask.kind)))

    def _find_unrefused(self, kind: str, reading: Reading) -> tuple[int, int] | None:
        """Return the sentence that speaks most of an ask, unless a pattern sees a refusal there: the letters do not."""
        if not self._second:
            return None
        start, end = self._second.choose_sentence(kind, reading)
        refused = (find_refused(pattern, reading) for pattern in self._by_kind.get(kind, ()))
        return None if any(start <= hit.anchor.start < end for hits in refused for hit in hits) else (start, end)

    def _point_out(
        self, kind: str, sentence: tuple[int, int], reading: Reading, futures: Sequence[Hit], view: View, text: str
    ) -> Ask:
        """Return an ask that no pattern saw: its quote is a whole sentence, its channel the gravest that is named."""
        start, end = sentence
        tokens = sorted(
            (not (start <= token.start < end), not self.severe[name], token.start, name)
            for name in self._naming.get(kind, frozenset()) & reading.found.told
            for token in reading.found.get(name, ())
        )
        span = view.locate(start, end)
        return Ask(
            kind=cast(AskKind, kind),
            quote=text[span.start : span.end],
            start=span.start,
            end=span.end,
            channel=self.channels[tokens[0][-1]] if tokens else None,
            evidence=EVIDENCE,
            future=any(start <= future.start < end for future in futures),
        )

    def _choose_hit(
        self, kind: str, patterns: Iterable[LivePattern], reading: Reading, futures: Sequence[Hit]
    ) -> Hit | None:
        """Return the gravest hit, then the plainest, then the first; looking ends at one that none can beat."""
        best, least = None, (True, True, 3)
        most = (reading.found.told.isdisjoint(self._grave_terms), False, 0 if kind in self._named else 2)
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
        return not self.severe[name], future, tell_vagueness(self.channels[name])

    def _make_ask(self, hit: Hit, view: View, text: str, future: bool) -> Ask:
        span = view.locate(hit.start, hit.end)
        return Ask(
            kind=cast(AskKind, hit.pattern.kind),
            quote=text[span.start : span.end],
            start=span.start,
            end=span.end,
            channel=self.channels[hit.anchor.term],
            evidence=hit.pattern.id,
            future=future,
        )


def tell_vagueness(channel: str | None) -> int:
    """Return how little a channel says: none at all the least."""
    return _VAGUE.get(channel, 0)


def is_future(hit: Hit, futures: Sequence[Hit], reading: Reading) -> bool:
    """Whether the same sentence has said "after the contract" a little before."""
    if not futures:
        return False
    index = reading.sentences.index
    start = hit.anchor.start
    return any(0 <= start - future.end <= _FUTURE_REACH and index(future.start) == index(start) for future in futures)
