"""Edits: how a text was made of an older one, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol

# Start and end of a slice, and the letters that are written for it.
Change = tuple[int, int, str]
# For the older text's [start, end) so many characters were written; each stands for the whole of it.
Edit = tuple[int, int, int]


class WayBack(Protocol):
    """The way from a text back to an older one."""

    def trace(self, index: int) -> tuple[int, int]:
        """Return the start and the end of what a character stands for in the older text."""
        ...


class Places:
    """Of each character of a text where what it stands for starts and ends in the older one, one after another."""

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places

    def trace(self, index: int) -> tuple[int, int]:
        """Return the start and the end of what a character stands for in the older text."""
        return self._places[2 * index], self._places[2 * index + 1]


class Edits:
    """All edits of one pass over a text, in reading order. What none touches stands for itself."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Take edits that do not overlap."""
        self._edits = tuple(edits)
        shifts = accumulate((size - (end - start) for start, end, size in self._edits), initial=0)
        # Of each edit where it begins in the newer text.
        self._places = [start + shift for (start, _, _), shift in zip(self._edits, shifts, strict=False)]

    def trace(self, index: int) -> tuple[int, int]:
        """Return the start and the end of what a character of the newer text stands for in the older one."""
        number = bisect_right(self._places, index) - 1
        if number < 0:
            return index, index + 1
        start, end, size = self._edits[number]
        behind = index - self._places[number] - size
        return (start, end) if behind < 0 else (end + behind, end + behind + 1)
