"""Wrap Japanese text by the columns it takes: no line begins with a closing mark, no word or address is broken."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

_NEVER_FIRST = frozenset(
    "、。，．,.!?！？)]}）］｝」』】〉》〕：；:;・…ー々ゝゞ%％”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_ORPHAN = 6  # columns: three characters, 「ます。」
_NEVER_LAST = frozenset("([{（［｛「『【〈《〔“‘￥¥$")


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return the lines of a text as slices [start, end); line ends and the blanks at a break belong to none."""
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines += _without_orphan(text, start, start + len(paragraph), width)
        start += len(paragraph) + 1
    return lines


def wrap_lines(text: str, width: int) -> list[str]:
    """Return the lines of a text as texts."""
    return [text[start:end] for start, end in wrap(text, width)]


def _without_orphan(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """Narrow a paragraph a little where its last line would hold no more than the end of a word."""
    units = list(_units(text, start, end, width))
    if not units:
        return [(start, start)]
    widest = list(_fill(text, units, width))
    for narrower in range(width, width - 10, -2):
        lines = list(_fill(text, units, narrower))
        if len(lines) == len(widest) and cell_len(text[slice(*lines[-1])]) > _ORPHAN:
            return lines
    return widest


def _fill(text: str, units: list[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    first, used = 0, 0
    for index, (low, high) in enumerate(units):
        size = cell_len(text[low:high])
        if used + size > width and index > first and not text[low:high].isspace():
            cut = _break_at(text, units, first, index)
            yield _strip(text, units[first][0], units[cut - 1][1])
            first = cut
            used = sum(cell_len(text[a:b]) for a, b in units[first:index])
        used += size
    yield _strip(text, units[first][0], units[-1][1])


def _break_at(text: str, units: list[tuple[int, int]], first: int, index: int) -> int:
    """Step back from `index` until the break neither strands a closing mark nor leaves an opening one behind."""
    for cut in range(index, max(first, index - 6), -1):
        before, after = text[units[cut - 1][1] - 1], text[units[cut][0]]
        if after not in _NEVER_FIRST and before not in _NEVER_LAST:
            return cut
    return index


def _units(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield what stays together: a run of ASCII, or one character with the marks that join it."""
    low = start
    while low < end:
        high = low + 1
        if "!" <= text[low] <= "~":
            while high < end and "!" <= text[high] <= "~" and high - low < width:
                high += 1
        else:
            while high < end and (cell_len(text[high]) == 0 or text[high - 1] == "\u200d"):
                high += 1
        yield low, high
        low = high


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \u3000\r\t":
        end -= 1
    return start, end
