"""Classifier: how likely a text asks for each thing, from its pairs and triples of letters; a frozen linear model.

Patterns see what their authors thought of; the classifier has learnt from all labelled messages how such messages
sound. It decides nothing alone: it tells which asks are worth looking for, and which one the patterns overlooked.
Learnt by `tests/tools/learn_weights.py`; at run time it is a sum of whole numbers, the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import sqrt
from operator import itemgetter
from struct import Struct

from ahocorasick_rs import AhoCorasick

ZERO = 128  # a weight's byte: 0 … 255 stand for -128 … 127
NORM_UNIT = 2  # squared length of a gram, in halves
LONGEST_PART = 420  # characters weighed at once: what is asked in one sentence must not drown in a long message
_STEP = LONGEST_PART // 2
_MOST_ADDED = 0xFFFF // 0xFF  # bytes that a lane of sixteen bits can hold the sum of
_number = itemgetter(0)  # of a match
_GAPS = str.maketrans("\n\t\r", "   ")


@dataclass(frozen=True, slots=True)
class Head:
    """What is weighed for one group of patterns ("ask:call"): log-odds = bias + scale * sum of weights / length of the text's vector."""

    kind: str
    bias: float
    scale: float


@dataclass(frozen=True, slots=True)
class Blend:
    """When letters alone speak for an ask, and when they speak against what a pattern saw; all in log-odds.

    An ask that no pattern saw is there from 0 on: own * its head's odds + most * the likeliest ask's + anything * those
    of any ask at all + base, + grave where it is one. Below `look` its patterns are not tried; below `look_grave` those of a
    grave ask and of what is no ask (signals, claims, roles …). Nor are they where its own head and the one of any ask
    both speak against it, and together are below `both`, of a grave one below `both_grave`.
    """

    own: float
    most: float
    anything: float
    base: float
    grave: float
    look: float
    look_grave: float
    both: float
    both_grave: float


class Classifier:
    """Weights by gram, each the weights of all heads as one whole number, so that one sum adds them all up."""

    def __init__(
        self,
        heads: Sequence[Head],
        blend: Blend,
        grams: Sequence[str],
        rows: bytes,
        *,
        grave: Set[str] = frozenset(),
        learnt: Set[int] = frozenset(),
    ) -> None:
        """Take of each gram a row of bytes: a weight for each head, the gram's squared length, and a one to count with."""
        self.heads, self.blend, self.grave = tuple(heads), blend, frozenset(grave)
        self.learnt = frozenset(learnt)  # fingerprints of the patterns it was learnt with
        self.grams, self.rows = tuple(grams), rows
        self._lines = [(head.bias, head.scale) for head in heads]
        self._lanes = Struct(f"<{len(heads) + 2}H")
        spread = bytearray(2 * len(rows))
        spread[::2] = rows
        size = self._lanes.size
        parts = (spread[at : at + size] for at in range(0, len(spread), size))
        self._weights = [int.from_bytes(part, "little") for _, part in zip(grams, parts, strict=True)]
        self._grams = AhoCorasick(grams)  # half the time of looking every pair and triple of letters up

    def weigh_parts(self, text: str) -> tuple[list[float], ...]:
        """Return the log-odds of each head for each part of a text; a short one is one part."""
        return tuple([self.weigh_part(part) for part in cut_text(text)])

    def weigh_part(self, text: str) -> list[float]:
        """Return the log-odds of each head."""
        found = set(map(_number, self._grams.find_matches_as_indexes(simplify(text), overlapping=True)))
        *sums, squared, count = self._add_up([*map(self._weights.__getitem__, found)])
        length, base = sqrt(squared / NORM_UNIT) or 1.0, ZERO * count
        return [
            bias + scale * (summed - base) / length for (bias, scale), summed in zip(self._lines, sums, strict=True)
        ]

    def _add_up(self, weights: Sequence[int]) -> Sequence[int]:
        """Return the sum in each lane; no more are added at once than a lane can hold."""
        lanes = self._lanes
        starts = range(0, len(weights), _MOST_ADDED) or (0,)
        sums = [
            lanes.unpack(sum(weights[start : start + _MOST_ADDED]).to_bytes(lanes.size, "little")) for start in starts
        ]
        return sums[0] if len(sums) == 1 else [*map(sum, zip(*sums, strict=True))]


def simplify(text: str) -> str:
    """Return a text as it is weighed: with one space for all gaps. Case is kept, because LINE is an app and line a word."""
    if "\n" in text or "  " in text:
        return " ".join([part for part in text.translate(_GAPS).split(" ") if part])
    return text


def cut_text(text: str) -> list[str]:
    """Return a text in parts that overlap by half; a short one whole."""
    count = 1 + max(0, -(-(len(text) - LONGEST_PART) // _STEP))
    return [text[slice(*place_part(number, len(text)))] for number in range(count)]


def place_part(number: int, length: int) -> tuple[int, int]:
    """Return where a part of a text of some length lies, as [start, end)."""
    return number * _STEP, min(number * _STEP + LONGEST_PART, length)
