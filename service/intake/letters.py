"""Letters: tables for `str.translate` that also name the usual letters which stay as they are, and sets to look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import re2

_USUAL = (range(0x20, 0x7F), range(0x3000, 0x3100), range(0x4E00, 0xA000))  # ASCII, kana, kanji
_SAME = {code: code for codes in _USUAL for code in codes}


def complete(table: Mapping[int, str | int]) -> dict[int, str | int]:
    """Return a table that changes the same letters: for one it lacks, `translate` would raise and swallow an error."""
    return {**_SAME, **table}


def write_set(letters: Iterable[str]) -> str:
    """Return the pattern of one of many letters."""
    ranges = (rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in _join_codes(sorted(map(ord, letters))))
    return f"[{''.join(ranges)}]"


def holds(pattern: re2._Regexp[bytes], text: str) -> bool:
    """Say whether a pattern matches in a text, or whether half of a split character forbids to look."""
    try:
        return pattern.search(text.encode("utf-8")) is not None
    except UnicodeEncodeError:
        return True


def find_matches(pattern: re2._Regexp[bytes], encoded: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield index, offset in bytes and letters of each match, or of its last group. None may be empty."""
    search, size = pattern._regexp.Match, len(encoded)  # the wrapper's finditer costs twice it
    at = end = index = 0
    while True:
        spans = search(re2._Anchor.UNANCHORED, encoded, at, size)
        at = spans[0][1]
        if at < 0:
            return
        first, last = spans[-1]
        index += len(encoded[end:first].decode("utf-8"))
        letters = encoded[first:last].decode("utf-8")
        yield index, first, letters
        index, end = index + len(letters), last


def _join_codes(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each row of codes that follow one another."""
    first = last = -1
    for code in codes:
        if code != last + 1:
            if first >= 0:
                yield first, last
            first = code
        last = code
    if first >= 0:
        yield first, last
