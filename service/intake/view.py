"""View: the text made comparable, with the way back to every original character.

`read_text` folds (width, invisible signs, look-alikes, enclosed letters, joined voice marks) and squeezes
(L I N E → LINE). Case is kept, because LINE is an app and line is a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import re2

from service.intake.edits import Edit, Edits
from service.intake.fold_table import FOLD
from service.intake.kana import VOICED, restore_kana
from service.intake.letters import complete, holds, write_set
from service.intake.line_breaks import find_breaks
from service.intake.romaji import read_romaji
from service.intake.spaced import list_separators

# Half of a split character cannot be matched: it counts as the sign for an unreadable one.
_TABLE = complete(str.maketrans(FOLD) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_FOLDED = re2.compile(write_set(FOLD).encode())
_RESIZED = frozenset(char for char, folded in FOLD.items() if len(folded) != 1)
_ANY_RESIZED = re2.compile(write_set(_RESIZED).encode())


@dataclass(frozen=True, slots=True)
class Span:
    """A slice `text[start:end]` of the text as it was given, in Python string indices."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """Comparable text, and all that was done to the original to get it."""

    text: str
    passes: tuple[Edits, ...] = ()

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

    def edit(self, text: str, edits: Iterable[Edit]) -> View:
        """Return the view of a text that edits made of this one."""
        return View(text, (*self.passes, Edits(edits)))

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
    if not holds(_FOLDED, text):  # to look takes a fifth of the time that folding takes
        return View(text)
    folded = text.translate(_TABLE)
    if not holds(_ANY_RESIZED, text):
        return View(folded)
    resized = compress(range(len(text)), map(_RESIZED.__contains__, text))
    return View(text).edit(folded, ((index, index + 1, len(FOLD[text[index]])) for index in resized))


def _compose(view: View) -> View:
    kept, edits, last = list[str](), list[Edit](), -1
    for index, char in enumerate(view.text):
        if char not in "\u3099\u309a":
            kept.append(char)
            last = index
        elif kept and kept[-1] + char in VOICED:
            kept[-1] = VOICED[kept[-1] + char]
            while edits and edits[-1][0] > last:  # other marks between the two
                edits.pop()
            edits.append((last, index + 1, 1))
        else:  # a voice mark with nothing to voice is dropped
            edits.append((index, index + 1, 0))
    return view.edit("".join(kept), edits)


def _restore_kana(view: View) -> View:
    return View(restore_kana(view.text), view.passes)


def _squeeze(view: View) -> View:
    """Join letters that were set apart one by one."""
    drop = list_separators(view.text)
    if not drop:
        return view
    pieces, at = list[str](), 0
    for index in drop:
        pieces.append(view.text[at:index])
        at = index + 1
    return view.edit("".join((*pieces, view.text[at:])), ((index, index + 1, 0) for index in drop))


def _unwrap(view: View) -> View:
    """Join lines that were broken in the midst of a sentence; between Latin words a space is left."""
    breaks = find_breaks(view.text)
    if not breaks:
        return view
    pieces, at = list[str](), 0
    for line_break in breaks:
        pieces += view.text[at : line_break.start], " " * line_break.spaced
        at = line_break.end
    edits = ((each.start + each.spaced, each.end, 0) for each in breaks)
    return view.edit("".join((*pieces, view.text[at:])), edits)


def _write_romaji(view: View) -> View:
    pieces = read_romaji(view.text)
    if pieces is None:
        return view
    return view.edit("".join(written for written, _, _ in pieces), _list_edits(pieces, len(view.text)))


def _list_edits(pieces: Iterable[tuple[str, int, int]], size: int) -> Iterator[Edit]:
    """Yield what was written for [start, end) of a text, and what was left out between the pieces."""
    at = 0
    for written, start, end in pieces:
        if at < start:
            yield at, start, 0
        if (len(written), end - start) != (1, 1):
            yield start, end, len(written)
        at = end
    if at < size:
        yield at, size, 0


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
