"""Rates with their uncertainty: how sure a share is, given how few messages it was counted on."""

from __future__ import annotations

from dataclasses import dataclass

_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """The share, or None where nothing was counted."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of Wilson, or None where nothing was counted."""
        if not self.total:
            return None
        n, share, square = self.total, self.hits / self.total, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        half = _Z * ((share * (1 - share) + square / (4 * n)) / n) ** 0.5 / (1 + square / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Score:
    """What was found rightly, found without being there, and overlooked."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> Rate:
        """How much of what was found is there."""
        return Rate(self.found, self.found + self.extra)

    @property
    def recall(self) -> Rate:
        """How much of what is there was found."""
        return Rate(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, or None where there was nothing to find and nothing was found."""
        total = 2 * self.found + self.extra + self.missed
        return 2 * self.found / total if total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of F1.

        F1 is no share, but found / (found + extra + missed) is one, and F1 grows with it as 2j / (1 + j):
        the ends of its Wilson interval are carried over.
        """
        ends = Rate(self.found, self.found + self.extra + self.missed).interval
        return (_to_f1(ends[0]), _to_f1(ends[1])) if ends else None

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.extra + other.extra, self.missed + other.missed)


def _to_f1(share: float) -> float:
    return 2 * share / (1 + share)
