"""Line breaks in the midst of a sentence: mail programs make them, and writers who break lines at every phrase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service.intake.kana import find_all

_OPEN_ENDS = frozenset("、,をにがはでとへのもて")  # a line that ends so goes on in the next one
_NEVER_FIRST = frozenset("をんっゃゅょぁぃぅぇぉー、。")  # no sentence begins so
_CLOSED_ENDS = frozenset("。.!?:;)]】」』…♪")
_ITEM_OPENERS = frozenset("\n・-*●■◆▼▽◇□○◎☆★→⇒>※([【「『〈《<#=~_|▶①") | {""}
_LEAST_WIDTH = 16  # characters
_EVEN = 2  # characters by which lines of one width may differ


class LineBreak(NamedTuple):
    """A break at [start, end), the spaces of the next line's beginning in it. `spaced`: it stands for a space."""

    start: int
    end: int
    spaced: bool


def find_breaks(text: str) -> list[LineBreak]:
    """Return the line breaks that end no sentence, no heading and no item of a list."""
    ends = [*find_all(text, "\n")]
    even = _find_even(text, ends)
    breaks, begin = [], 0
    for index in ends:
        first = index + 1
        while text[first : first + 1] == " ":
            first += 1
        if begin < index and not _opens_item(text, first):
            last, after = text[index - 1], text[first]
            latin = ("a" <= last <= "z" or last == ",") and "a" <= after <= "z"
            torn = after in _NEVER_FIRST and not _opens_item(text, begin)
            if latin or last in _OPEN_ENDS or torn or index in even:
                breaks.append(LineBreak(index, first, latin))
        begin = index + 1
    return breaks


def _find_even(text: str, ends: Sequence[int]) -> set[int]:
    """Return the ends of long lines of one width, two or more in a row: a program broke them, wherever it was."""
    even: set[int] = set()
    for before, first, second, after in zip([-1, *ends], ends, ends[1:], [*ends[2:], len(text)], strict=False):
        widths = first - before - 1, second - first - 1
        if min(widths) >= _LEAST_WIDTH and abs(widths[0] - widths[1]) <= _EVEN and after - second - 1 <= max(widths):
            even |= {index for index in (first, second) if text[index - 1] not in _CLOSED_ENDS}
    return even


def _opens_item(text: str, index: int) -> bool:
    """Whether a line that begins here stands by itself: an item of a list (1. 2) 3、), a heading, an empty one."""
    char, after = text[index : index + 1], text[index + 1 : index + 2]
    return char in _ITEM_OPENERS or ("0" <= char <= "9" and bool(after) and after in ".):、")
