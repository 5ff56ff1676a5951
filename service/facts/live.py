"""Live: which patterns a text may hold, told by where their terms can stand; nothing is searched for."""

from __future__ import annotations

from collections.abc import Sequence, Set

from service.facts.pattern import Found, LivePattern, Pattern


class LiveIndex:
    """Patterns by the terms that begin them. Those that begin alike are weighed together; places are numbered."""

    def __init__(self, patterns: Sequence[Pattern], within_sentence: Set[str]) -> None:
        self._patterns = patterns
        self._within_sentence = within_sentence
        numbered: dict[tuple[str, ...], int] = {}
        rows = [[numbered.setdefault(place, len(numbered)) for place in pattern.needs] for pattern in patterns]
        self._names = list(numbered)
        self._further = [row[1:] for row in rows]
        self._begun_by: dict[str, list[int]] = {}
        for anchors in {row[0] for row in rows}:
            for name in self._names[anchors]:
                self._begun_by.setdefault(name, []).append(anchors)
        self._beginning: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            self._beginning.setdefault(row[0], []).append(number)

    def find_live(self, found: Found) -> dict[str, list[LivePattern]]:
        """Return the patterns that may hold, by what they are facts of, each with the sentences it may begin in."""
        places: dict[int, int] = {}
        left: dict[int, int] = {}
        for anchors, bits in self._begin(found).items():
            for number in self._beginning[anchors]:
                if narrowed := self._narrow(number, bits, found, places):
                    left[number] = narrowed
        live: dict[str, list[LivePattern]] = {}
        for number in sorted(left):
            pattern = self._patterns[number]
            live.setdefault(pattern.fact, []).append((pattern, left[number]))
        return live

    def _begin(self, found: Found) -> dict[int, int]:
        """Return the places that may begin a pattern, with the sentences they may begin in.

        The string a term is known by may stand in a later sentence than the term begins in.
        """
        where, begun = found.where, dict[int, int]()
        for name in where.keys() & self._begun_by.keys():
            bits = where[name]
            if bits >= 0 and name not in self._within_sentence:
                bits = (1 << bits.bit_length()) - 1
            for anchors in self._begun_by[name]:
                begun[anchors] = begun.get(anchors, 0) | bits
        return begun

    def _narrow(self, number: int, bits: int, found: Found, places: dict[int, int]) -> int:
        """Keep the sentences in which each further place of a pattern may be filled; `places` keeps what is known."""
        together = self._patterns[number].scope == "sentence"
        for place in self._further[number]:
            there = places.get(place)
            if there is None:
                there = 0
                for name in self._names[place]:
                    there |= found.where.get(name, 0)
                places[place] = there
            bits = bits & there if together else bits if there else 0
            if not bits:
                return 0
        return bits
