"""Lexicon: named groups of words, and the spellings they are disguised in.

The author of a rule file writes the word; the spellings that hide it (kana, look-alikes, masks, gaps) are made here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import re2

Edges = Literal["both", "left", "right", "free"]
LARGEST_PROGRAM = 2_000  # re2 instructions a pattern may take: larger ones cost milliseconds on hostile text

_GAP = r"[ \-・._/*|~+]?"
MASKS = "○〇◯●*×_■□◎☆★"  # what a letter is hidden behind
_MASK = f"[{MASKS}]"
# What a letter may be replaced by, besides what folding already undoes.
_LATIN_LOOKS = {"I": "I1l|!", "O": "O0○", "E": "E3", "A": "A4@", "S": "S5$", "Z": "Z2", "o": "o0○", "i": "i1l|!",
                "a": "a4@", "e": "e3", "s": "s5$", "l": "l1I|", "t": "t7", "L": "Ll"}  # fmt: skip
_SMALL = {
    "ア": "ァ",
    "イ": "ィ",
    "ウ": "ゥ",
    "エ": "ェ",
    "オ": "ォ",
    "ツ": "ッ",
    "ヤ": "ャ",
    "ユ": "ュ",
    "ヨ": "ョ",
    "カ": "ヵ",
}
_LARGE = {small: large for large, small in _SMALL.items()}
_DRAWN = {"ン": "ンソ", "シ": "シツ", "ク": "クワ"}  # katakana that pass for one another


@dataclass(frozen=True, slots=True)
class Term:
    """A named group of words. `covers` names terms whose matches inside this one do not count."""

    name: str
    words: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    disguised: tuple[str, ...] = ()
    edges: Edges = "both"
    exact_case: bool = False
    covers: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()  # a match directly followed by one of these does not count
    not_after: tuple[str, ...] = ()  # a match directly preceded by one of these does not count
    channel: str | None = None
    severe: bool = False
    overlapping: bool = False  # matches may lie over one another: every place where one begins counts
    anchored: bool = False  # never searched for: only asked whether one begins right at a place
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def is_free(self) -> bool:
        """Whether a match counts whatever stands beside it."""
        return self.edges == "free" and not self.not_before and not self.not_after

    def expressions(self) -> list[str]:
        """Return the re2 expressions of the term: the words in one, every pattern on its own."""
        flags = "" if self.exact_case else "(?i)"
        plain = sorted(set(self.words), key=lambda word: (-len(word), word))
        words = [re2.escape(word) if not word.isascii() else _escape_latin(word) for word in plain]
        for word in self.disguised:
            words += disguise(word)
        joined = [flags + "(?:" + "|".join(words) + ")"] if words else []
        return joined + self.pattern_expressions()

    def pattern_expressions(self) -> list[str]:
        """Return the re2 expressions of the term's patterns alone."""
        flags = "" if self.exact_case else "(?i)"
        return [flags + "(?:" + pattern + ")" for pattern in self.patterns]


def _escape_latin(word: str) -> str:
    return str(re2.escape(word)).replace("\\ ", " ").replace(" ", r"\s?")


def disguise(word: str) -> list[str]:
    """Return re2 expressions for the spellings a word is hidden in: gaps, look-alikes, kana, one or two masks."""
    shapes = [_letter_class(char) for char in word]
    forms = [_GAP.join(shapes)]
    for index in range(1, len(word) - 1):  # the first and the last letter stay to be seen
        forms.append("".join([*shapes[:index], _MASK, *shapes[index + 1 :]]))
        if index + 2 < len(word):
            forms.append("".join([*shapes[:index], _MASK, _MASK, *shapes[index + 2 :]]))
    return forms


def _letter_class(char: str) -> str:
    if "ァ" <= char <= "ヶ":
        large = _LARGE.get(char, char)
        drawn = dict.fromkeys(_DRAWN.get(char, "") + char + large + _SMALL.get(large, ""))
        both = "".join(drawn) + "".join(chr(ord(kana) - 0x60) for kana in drawn if kana <= "ヶ")
        return f"[{both}][ー~]?"
    if char == "ー":
        return "[ー~あいうえおアイウエオァィゥェォ-]?"
    looks = _LATIN_LOOKS.get(char)
    return f"[{looks}]".replace("|", r"\|") if looks else str(re2.escape(char))
