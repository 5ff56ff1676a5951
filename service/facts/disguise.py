"""Disguises undone: a text without gaps, masks and look-alikes, where a hidden word shows enough to be searched for.

What is stripped here is stripped from the words too, so a disguised word can only stand where its bare form does.
"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from service.facts.lexicon import MASKS, Term
from service.intake.letters import complete

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


BARE_LETTERS = _make_table()  # what a letter is stripped to
_BARE = complete(BARE_LETTERS)


def strip_disguise(text: str) -> str:
    """Return a text with gaps, masks and vowels left out and look-alikes made one."""
    return text.translate(_BARE)


def list_bare(words: Iterable[str]) -> frozenset[str]:
    """Return the bare forms of words."""
    return frozenset(map(strip_disguise, words))


def list_masked(words: Iterable[str]) -> frozenset[str]:
    """Return the bare forms of words with one or two of their inner letters masked."""
    masked = set()
    for word in words:
        for index in range(1, len(word) - 1):
            masked.add(strip_disguise(word[:index] + word[index + 1 :]))
            if index + 2 < len(word):
                masked.add(strip_disguise(word[:index] + word[index + 2 :]))
    return frozenset(masked)


class BareSieve:
    """The bare forms of disguised words, by the numbers of their terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        plain, masked = dict[str, list[int]](), dict[str, list[int]]()
        for number, term in enumerate(terms):
            for bare in list_bare((*term.words, *term.disguised)):
                plain.setdefault(bare, []).append(number)
            for bare in list_masked(term.disguised):
                masked.setdefault(bare, []).append(number)
        self.plain, self.masked = BareTable(plain), BareTable(masked)

    def find(self, text: str) -> set[int]:
        """Return the numbers of the terms whose words may stand in a text."""
        bare = strip_disguise(text)
        found = self.plain.find(bare)
        return found | self.masked.find(bare) if any(mask in text for mask in MASKS) else found


class BareTable:
    """Bare forms with the numbers of their terms; `always` are those of which nothing is left."""

    def __init__(self, owners: dict[str, list[int]]) -> None:
        self.always = owners.pop("", [])
        self.strings, self.owners = list(owners), list(owners.values())
        self._automaton = AhoCorasick(self.strings)

    def find(self, bare: str) -> set[int]:
        """Return the numbers of the terms whose bare forms stand in a bare text."""
        keys = {match[0] for match in self._automaton.find_matches_as_indexes(bare, overlapping=True)}
        return set(self.always).union(*map(self.owners.__getitem__, keys))
