"""Live: which patterns a text may hold, told by where their terms can stand; nothing is searched for.

Patterns are weighed only when they are asked for: once an ask is plain, the rest of its kind cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from service.facts.pattern import Found, LivePattern, Pattern


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: Pattern
    anchors: frozenset[str]
    further: tuple[frozenset[str], ...]
    together: bool  # all of it in one sentence


class LiveIndex:
    """Patterns by fact and kind, in the order of the book."""

    def __init__(
        self, patterns: Sequence[Pattern], within_sentence: Set[str], groups: Sequence[str | None] | None = None
    ) -> None:
        """Take for each pattern the group that may be shut as a whole; None: it never is."""
        self.within_sentence = within_sentence
        self.entries: list[_Entry] = []
        # By fact, kind and group the numbers of its patterns.
        self.kinds: dict[str, dict[str, dict[str | None, set[int]]]] = {}
        self._begun: dict[str, set[int]] = {}  # by anchor
        for number, (pattern, group) in enumerate(zip(patterns, groups or [None] * len(patterns), strict=True)):
            further = tuple(map(frozenset, pattern.needs[1:]))
            self.entries.append(_Entry(pattern, frozenset(pattern.needs[0]), further, pattern.scope == "sentence"))
            kinds = self.kinds.setdefault(pattern.fact, {})
            kinds.setdefault(pattern.kind, {}).setdefault(group, set()).add(number)
            for name in pattern.needs[0]:
                self._begun.setdefault(name, set()).add(number)

    def find_begun(self, told: Set[str]) -> frozenset[int]:
        """Return the numbers of the patterns of which an anchor may stand."""
        return frozenset().union(*map(self._begun.__getitem__, self._begun.keys() & told))


class Live:
    """The patterns that may hold in one text. Groups in `shut` are not looked at."""

    def __init__(self, index: LiveIndex, found: Found, shut: Set[str] = frozenset()) -> None:
        self._index, self._found, self._shut = index, found, shut
        self._places: dict[frozenset[str], int] = {}

    def list_kinds(self, fact: str) -> Iterator[tuple[str, Iterator[LivePattern]]]:
        """Yield each kind of a fact with its patterns, each with the sentences it may begin in, as bits."""
        shut = self._shut
        for kind, groups in self._index.kinds.get(fact, {}).items():
            numbers = [each for group, own in groups.items() if group not in shut for each in own & self._begun]
            if numbers:
                yield kind, self._narrow_all(sorted(numbers))

    @cached_property
    def _begun(self) -> frozenset[int]:
        """The patterns of which an anchor may stand; a text of which all groups are shut is not looked through."""
        return self._index.find_begun(self._found.told)

    def _narrow_all(self, numbers: Sequence[int]) -> Iterator[LivePattern]:
        for number in numbers:
            entry = self._index.entries[number]
            if bits := self._narrow(entry):
                yield entry.pattern, bits

    def _narrow(self, entry: _Entry) -> int:
        """Return the sentences in which a pattern may begin and each further place may be filled."""
        bits = self._begin(entry.anchors)
        for place in entry.further:
            if not bits:
                break
            there = self._fill(place)
            bits = bits & there if entry.together else bits if there else 0
        return bits

    def _begin(self, anchors: frozenset[str]) -> int:
        """The string a term is known by may stand in a later sentence than the term begins in."""
        bits = 0
        for name in self._found.told & anchors:
            marks = self._found.mark(name)
            if marks > 0 and name not in self._index.within_sentence:
                marks = (1 << marks.bit_length()) - 1
            bits |= marks
        return bits

    def _fill(self, place: frozenset[str]) -> int:
        bits = self._places.get(place)
        if bits is None:
            bits = 0
            for name in self._found.told & place:
                bits |= self._found.mark(name)
            self._places[place] = bits
        return bits
