"""Edits: how a text was made of an older one, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """`size` characters were written for the older text's [start, end); each stands for the whole of it."""

    start: int
    end: int
    size: int


class Edits:
    """All edits of one pass over a text, in reading order. What none touches stands for itself."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Take edits that do not overlap."""
        self._edits = tuple(edits)
        self._places, shift = list[int](), 0  # of each edit where it begins in the newer text
        for start, end, size in self._edits:
            self._places.append(start + shift)
            shift += size - (end - start)

    def trace(self, index: int) -> tuple[int, int]:
        """Return the start and the end of what a character of the newer text stands for in the older one."""
        number = bisect_right(self._places, index) - 1
        if number < 0:
            return index, index + 1
        start, end, size = self._edits[number]
        behind = index - self._places[number] - size
        return (start, end) if behind < 0 else (end + behind, end + behind + 1)
