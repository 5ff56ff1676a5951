"""Letters: tables for `str.translate` that also name the usual letters which stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

_USUAL = (range(0x20, 0x7F), range(0x3000, 0x3100), range(0x4E00, 0xA000))  # ASCII, kana, kanji
_SAME = {code: code for codes in _USUAL for code in codes}


def complete(table: Mapping[int, str | int]) -> dict[int, str | int]:
    """Return a table that changes the same letters: for one it lacks, `translate` would raise and swallow an error."""
    return {**_SAME, **table}
