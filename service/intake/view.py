"""View: the text made comparable, with the way back to every original character.

`read_text` folds (width, invisible signs, look-alikes, enclosed letters, joined voice marks) and squeezes
(L I N E → LINE). Case is kept, because LINE is an app and line is a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import re2

from service.intake.edits import Change, Edit, Edits, WayBack
from service.intake.fold_table import FOLD
from service.intake.kana import VOICED, find_all, restore_kana
from service.intake.letters import complete, find_matches, write_set
from service.intake.line_breaks import find_breaks
from service.intake.romaji import read_romaji
from service.intake.spaced import list_separators

# Half of a split character cannot be matched: it counts as the sign for an unreadable one.
_TABLE = complete(str.maketrans(FOLD) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_FOLDED = re2.compile(write_set(FOLD).encode())
_RESIZED = frozenset(char for char, folded in FOLD.items() if len(folded) != 1)
# To find a letter takes as long as to go through so many; but for the few first ones a short text is searched.
_LEAST_FEW, _SHARE_FEW = 8, 30


@dataclass(frozen=True, slots=True)
class Span:
    """A slice `text[start:end]` of the text as it was given, in Python string indices."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """Comparable text, and all that was done to the original to get it."""

    text: str
    passes: tuple[WayBack, ...] = ()

    def locate(self, start: int, end: int) -> Span:
        """Return the slice of the original text that `text[start:end]` stands for."""
        if not self.passes:
            return Span(start, end)
        if end > start:
            return Span(self._trace(start)[0], self._trace(end - 1)[1])
        if start < len(self.text):  # an empty slice stands before its character
            at, _ = self._trace(start)
        else:
            _, at = self._trace(len(self.text) - 1) if self.text else (0, 0)
        return Span(at, at)

    def rewrite(self, changes: Iterable[Change]) -> View:
        """Return the view with other letters for some slices, which are given in reading order."""
        pieces, edits, at = list[str](), list[Edit](), 0
        for start, end, letters in changes:
            pieces += self.text[at:start], letters
            at = end
            if (end - start, len(letters)) != (1, 1):
                edits.append((start, end, len(letters)))
        text = "".join((*pieces, self.text[at:]))
        return View(text, (*self.passes, Edits(edits)) if edits else self.passes)

    def _trace(self, index: int) -> tuple[int, int]:
        start, end = index, index + 1
        for edits in reversed(self.passes):
            start, end = edits.trace(start)[0], edits.trace(end - 1)[1]
        return start, end


def read_text(text: str) -> View:
    """Fold and squeeze a text; romaji is read as Japanese."""
    return _restore_kana(_write_romaji(_join_letters(text)))


def read_letters(text: str) -> View:
    """Fold and squeeze a text and leave its Latin words as they are, names among them."""
    return _restore_kana(_join_letters(text))


def _join_letters(text: str) -> View:
    return _unwrap(_squeeze(_fold_signs(text)))  # before kana are restored: テ-レ-グ-ラ-ム has no ー


def fold_text(text: str) -> View:
    """Fold a text; folding the result again changes nothing."""
    return _restore_kana(_fold_signs(text))


def _fold_signs(text: str) -> View:
    view = _translate(text)
    return _compose(view) if "\u3099" in view.text or "\u309a" in view.text else view


def _translate(text: str) -> View:
    places = _find_foldable(text)
    if places is None:
        resized = compress(range(len(text)), map(_RESIZED.__contains__, text))
        edits = Edits((index, index + 1, len(FOLD[text[index]])) for index in resized)
        return View(text.translate(_TABLE), (edits,))
    view = View(text)
    return view.rewrite((index, index + 1, FOLD[text[index]]) for index in places) if places else view


def _find_foldable(text: str) -> list[int] | None:
    """Return the indices of the letters to fold; None where it is quicker to go through the whole text."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:
        return None
    places = list[int]()
    few = _LEAST_FEW + len(text) // _SHARE_FEW
    for index, _, _ in find_matches(_FOLDED, encoded):
        if len(places) == few:
            return None
        places.append(index)
    return places


def _compose(view: View) -> View:
    changes, letter, last, end = list[Change](), "", -1, 0
    marks = sorted(index for mark in "\u3099\u309a" for index in find_all(view.text, mark))
    for index in marks:
        if index > end:
            letter, last = view.text[index - 1], index - 1
        end = index + 1
        if voiced := VOICED.get(letter + view.text[index]):
            while changes and changes[-1][0] >= last:  # other marks between the two
                changes.pop()
            changes.append((last, end, voiced))
            letter = voiced
        else:  # a voice mark with nothing to voice is dropped
            changes.append((index, end, ""))
    return view.rewrite(changes)


def _restore_kana(view: View) -> View:
    changes = restore_kana(view.text)
    return view.rewrite(changes) if changes else view


def _squeeze(view: View) -> View:
    """Join letters that were set apart one by one."""
    signs = list_separators(view.text)
    return view.rewrite((index, index + 1, "") for index in signs) if signs else view


def _unwrap(view: View) -> View:
    """Join lines that were broken in the midst of a sentence; between Latin words a space is left."""
    changes = list[Change]()
    for line_break in find_breaks(view.text):
        first = line_break.start + 1
        changes += (first - 1, first, " " * line_break.spaced), (first, line_break.end, "")
    return view.rewrite(changes) if changes else view


def _write_romaji(view: View) -> View:
    changes = read_romaji(view.text)
    return view.rewrite(changes) if changes else view


# Of every byte whether a character begins with it.
_OPENS = bytes(int(byte & 0xC0 != 0x80) for byte in range(256))


class ByteMap:
    """Character positions of UTF-8 byte offsets, for matches made on bytes."""

    def __init__(self, text: str) -> None:
        self.encoded = text.encode("utf-8")

    @cached_property
    def offsets(self) -> list[int]:
        """The byte offset of each character, then the end; counted once, when the first match is there."""
        size = len(self.encoded)
        return [*compress(range(size), self.encoded.translate(_OPENS)), size]

    def find_position(self, offset: int) -> int:
        """Return the character index at a byte offset."""
        return bisect_left(self.offsets, offset)
