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
from service.intake.kana import VOICED, is_katakana, restore_kana
from service.intake.letters import complete, holds, write_set
from service.intake.line_breaks import find_breaks
from service.intake.romaji import read_romaji

# Half of a split character cannot be matched: it counts as the sign for an unreadable one.
_TABLE = complete(str.maketrans(FOLD) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_FOLDED = re2.compile(write_set(FOLD).encode())
_RESIZED = frozenset(char for char, folded in FOLD.items() if len(folded) != 1)
_ANY_RESIZED = re2.compile(write_set(_RESIZED).encode())
_UNANCHORED = re2._Anchor.UNANCHORED
_SEPARATOR = r"[ \-・._/*|,~+=:;'()\[\]<>【】「」『』☆★♪♡♥◆◇■□●○▲△\x{2600}-\x{27BF}\x{1F300}-\x{1FAFF}]{1,3}"
_SIGNS = frozenset(" -・._/*|,~+=:;'()[]<>【】「」『』☆★♪♡♥◆◇■□●○▲△\n") | {
    chr(code) for code in (*range(0x2600, 0x27C0), *range(0x1F300, 0x1FB00))
}
# Letters set apart one by one, each script its own run. A sign eaten after a run could not open the next one.
_SPACED = re2.compile(
    rf"(?:^|[^A-Za-z])([A-Za-z](?:(?:{_SEPARATOR}|\n{{1,2}})[A-Za-z]){{2,}})"
    rf"|(?:^|[^ァ-ヺー])([ァ-ヺー](?:(?:{_SEPARATOR}|\n{{1,2}})[ァ-ヺー]){{2,}})"
    rf"|(?:^|[^ぁ-ゖー])([ぁ-ゖー](?:{_SEPARATOR}[ぁ-ゖー]){{2,}})"
    rf"|(?:^|[^一-龠])([一-龠](?:{_SEPARATOR}[一-龠])+)"
    r"|[ぁ-ゖ]([ぁ-ゖー](?:[・._/*|★☆♪♡][ぁ-ゖー]){2,})"
    r"|([ぁ-ゖァ-ヺー一-龠0-9](?: [ぁ-ゖァ-ヺー一-龠0-9]){5,})".encode()
)
_GLUED = 5  # hiragana set apart right behind a word: 使ってないこ・う・ざ
_MIXED = 6  # letters of every script: 貸 し て く れ る
_HIRAGANA = 3  # the one group that a word may follow directly: ら い ん で
_SHORTEST = (0, 3, 3, 3, 2, 3, 6)  # letters of a run, by group; 電 話 are two, of mixed script it takes more


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
    return View(text).edit(folded, (Edit(index, index + 1, len(FOLD[text[index]])) for index in resized))


def _compose(view: View) -> View:
    kept, edits, last = list[str](), list[Edit](), -1
    for index, char in enumerate(view.text):
        if char not in "\u3099\u309a":
            kept.append(char)
            last = index
        elif kept and kept[-1] + char in VOICED:
            kept[-1] = VOICED[kept[-1] + char]
            while edits and edits[-1].start > last:  # other marks between the two
                edits.pop()
            edits.append(Edit(last, index + 1, 1))
        else:  # a voice mark with nothing to voice is dropped
            edits.append(Edit(index, index + 1, 0))
    return view.edit("".join(kept), edits)


def _restore_kana(view: View) -> View:
    return View(restore_kana(view.text), view.passes)


def _squeeze(view: View) -> View:
    """Join letters that were set apart one by one."""
    drop: list[int] = []
    encoded, at, place = view.text.encode("utf-8"), 0, 0
    for group, first, last in _find_spaced(encoded):
        start = place + len(encoded[at:first].decode("utf-8"))
        at, place = last, start + len(encoded[first:last].decode("utf-8"))
        drop += _find_separators(view.text, start, place, group)
    if not drop:
        return view
    pieces, at = list[str](), 0
    for index in drop:
        pieces.append(view.text[at:index])
        at = index + 1
    return view.edit("".join((*pieces, view.text[at:])), (Edit(index, index + 1, 0) for index in drop))


def _unwrap(view: View) -> View:
    """Join lines that were broken in the midst of a sentence; between Latin words a space is left."""
    breaks = find_breaks(view.text)
    if not breaks:
        return view
    pieces, at = list[str](), 0
    for line_break in breaks:
        pieces += view.text[at : line_break.start], " " * line_break.spaced
        at = line_break.end
    edits = (Edit(each.start + each.spaced, each.end, 0) for each in breaks)
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
            yield Edit(at, start, 0)
        if (len(written), end - start) != (1, 1):
            yield Edit(start, end, len(written))
        at = end
    if at < size:
        yield Edit(at, size, 0)


def _find_spaced(encoded: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield group, start and end of each run; the wrapper's finditer costs four times it."""
    match, size, at = _SPACED._regexp.Match, len(encoded), 0
    while at < size:
        whole, *groups = match(_UNANCHORED, encoded, at, size)
        if whole[0] < 0:
            return
        at = whole[1]
        for number, (first, last) in enumerate(groups, 1):
            if first >= 0:
                yield number, first, last
                break


def _find_separators(text: str, first: int, last: int, group: int) -> list[int]:
    """Return the signs between the letters of a run; a last letter that opens a word (A B Cat) is not part of it."""
    signs = [index for index, char in enumerate(text[first:last], first) if char in _SIGNS]
    letters = last - first - len(signs)
    if group not in (_HIRAGANA, _GLUED, _MIXED) and last < len(text) and _is_letter(text[last], group):
        letters -= 1
        while signs and signs[-1] == (last := last - 1) - 1:
            signs.pop()
    return signs if letters >= _SHORTEST[group] else []


def _is_letter(char: str, group: int) -> bool:
    if group == 1:
        return "A" <= char <= "Z" or "a" <= char <= "z"
    if group == 2:
        return is_katakana(char)
    if group in (_HIRAGANA, _GLUED):
        return "ぁ" <= char <= "ゖ" or char == "ー"
    if group == _MIXED:
        return char != " "
    return "一" <= char <= "龠"


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
