"""Disguises undone: a text without gaps, masks and look-alikes, where a hidden word shows enough to be searched for.

What is stripped here is stripped from the words too, so a disguised word can only stand where its bare form does.
"""

from __future__ import annotations

from collections.abc import Iterable

_GAPS = " \t\n\u3000-・._/*|~+ー○〇◯●×■□◎☆★"
_VOWELS = "アイウエオァィゥェォ"  # they may stand for a long-vowel mark, which may be missing
_ONE = {
    "l": "i",
    "1": "i",
    "!": "i",
    "o": "",
    "0": "",
    "4": "a",
    "@": "a",
    "3": "e",
    "5": "s",
    "$": "s",
    "2": "z",
    "7": "t",
}
_DRAWN = {"ソ": "ン", "ツ": "シ", "ッ": "シ", "ワ": "ク", "ヮ": "ク", "ャ": "ヤ", "ュ": "ユ", "ョ": "ヨ", "ヵ": "カ"}


def _make_table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, _GAPS), "") | {ord(char): bare for char, bare in _ONE.items()}
    for capital in range(ord("A"), ord("Z") + 1):
        small = chr(capital + 32)
        table[capital] = _ONE.get(small, small)
    for code in range(ord("ァ"), ord("ヶ") + 1):
        kana = chr(code)
        bare = "" if kana in _VOWELS else _DRAWN.get(kana, kana)
        table[code] = table[code - 0x60] = bare
    return table


_BARE = _make_table()


def strip_disguise(text: str) -> str:
    """Return a text with gaps, masks and vowels left out and look-alikes made one."""
    return text.translate(_BARE)


def list_bare(words: Iterable[str], disguised: Iterable[str]) -> frozenset[str]:
    """Return the bare forms of words; those that may be masked also without one or two of their inner letters."""
    disguised = tuple(disguised)
    bare = {strip_disguise(word) for word in (*words, *disguised)}
    for word in disguised:
        for index in range(1, len(word) - 1):
            bare.add(strip_disguise(word[:index] + word[index + 1 :]))
            bare.add(
                strip_disguise(word[:index] + word[index + 2 :]) if index + 2 < len(word) else strip_disguise(word)
            )
    return frozenset(bare)
