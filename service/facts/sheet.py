"""Sheet: what the compiled reader is given, as whole numbers. The tables by which a text is folded go there as they are."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from struct import pack, unpack
from typing import TypeVar

from service.facts.literals import make_small
from service.intake.fold_table import FOLD
from service.intake.kana import KANJI_KANA, VOICED
from service.intake.romaji import AFTER_NOUN, SYLLABLES, VOWEL_OF, WHOLE, WRITTEN
from service.intake.romaji_words import HINTS, KEPT, SURE_WORDS, TELLING_ENDS

_Item = TypeVar("_Item")
_MARKS = "\u3099\u309a"
_CASED = range(0x80, 0x20000)  # what may be a capital beyond ASCII


class Sheet:
    """Whole numbers, written one after another; what has a length tells it first."""

    def __init__(self) -> None:
        self.numbers = array("i")

    def write(self, *numbers: int) -> None:
        """Write numbers as they are."""
        self.numbers.extend(numbers)

    def write_list(self, numbers: Iterable[int]) -> None:
        """Write a list of numbers."""
        own = [*numbers]
        self.numbers.append(len(own))
        self.numbers.extend(own)

    def write_reals(self, reals: Iterable[float]) -> None:
        """Write real numbers, each in two halves."""
        for real in reals:
            self.numbers.extend(unpack("=2i", pack("=d", real)))

    def write_string(self, string: str) -> None:
        """Write a string's code points."""
        self.write_list(map(ord, string))

    def write_strings(self, strings: Iterable[str]) -> None:
        """Write a list of strings."""
        self.write_each([*strings], self.write_string)

    def write_each(self, items: Sequence[_Item], write: Callable[[_Item], object]) -> None:
        """Write a list of anything."""
        self.numbers.append(len(items))
        for item in items:
            write(item)

    def write_letters(self, letters: Mapping[str, str]) -> None:
        """Write a letter for each of some others."""
        self.numbers.append(len(letters))
        for letter, other in letters.items():
            self.write(ord(letter), ord(other))

    def write_writings(self, writings: Mapping[str, str]) -> None:
        """Write strings, each with another one."""
        self.numbers.append(len(writings))
        for pair in writings.items():
            for string in pair:
                self.write_string(string)


def write_folding(sheet: Sheet, sought: Iterable[str]) -> None:
    """Write what the intake goes by; `sought`: the strings that are looked for in small letters."""
    sheet.numbers.append(len(FOLD))
    for letter, folded in FOLD.items():
        sheet.write(ord(letter))
        sheet.write_string(folded)
    for mark in _MARKS:
        sheet.write_letters({pair[0]: voiced for pair, voiced in VOICED.items() if pair[1] == mark})
    sheet.write_letters(KANJI_KANA)
    sheet.write_letters(_list_capitals(sought))
    for words in (HINTS, TELLING_ENDS, SURE_WORDS, KEPT, AFTER_NOUN):
        sheet.write_strings(sorted(words))
    for writings in (SYLLABLES, WHOLE, WRITTEN):
        sheet.write_writings(writings)
    sheet.write_letters(VOWEL_OF)


def _list_capitals(sought: Iterable[str]) -> dict[str, str]:
    """Return the capitals beyond ASCII of the letters that are looked for, each with its small letter."""
    letters = {letter for string in sought for letter in string}
    small = ((capital, make_small(capital)) for capital in map(chr, _CASED))
    return {capital: letter for capital, letter in small if letter != capital and letter in letters}
