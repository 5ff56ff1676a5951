"""Sentences and quotations: where a text's thoughts end, and which of its words are somebody else's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from sys import maxsize

from service.intake.kana import find_all

_STOPS = frozenset("。!?\n♪✨")
_FIRST_SMILEY = "\U0001f300"
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_QUOTING = ("「", "『", '"', ">")


class Sentences:
    """Where sentences, lines and clauses end in a text. `ends` has the place of each end's sign, then one beyond all."""

    def __init__(self, text: str) -> None:
        self.text = text
        chars = set(text)
        signs = chars & _STOPS
        if chars and max(chars) >= _FIRST_SMILEY:
            signs |= {char for char in chars if char >= _FIRST_SMILEY}
        marks = sorted([index for char in signs for index in find_all(text, char)])
        self.ends = [index for index in marks if text[index] == "。" or _ends_sentence(text, index, text[index])]
        self._last = len(self.ends)
        self.ends.append(maxsize)

    def index(self, position: int) -> int:
        """Return the number of the sentence that a position lies in."""
        return bisect_left(self.ends, position)

    def bounds(self, position: int) -> tuple[int, int]:
        """Return the sentence around a position as [start, end)."""
        number = bisect_left(self.ends, position)
        start = self.ends[number - 1] + 1 if number else 0
        end = self.ends[number] if number < self._last else len(self.text)
        return start, end

    def mark(self, ends: Iterable[int]) -> int:
        """Return the sentences that slices with these ends lie in, as bits."""
        bits = 0
        for end in ends:
            bits |= 1 << bisect_left(self.ends, end - 1)
        return bits


def _ends_sentence(text: str, index: int, char: str) -> bool:
    """A full stop, a line's end, or a smiley with a gap behind it: casual writers use no other stop."""
    if char in "!?\n":
        return not _inside_word(text, index)
    return text[index + 1 : index + 2] == " "


def _inside_word(text: str, index: int) -> bool:
    """A sign between Latin letters (L!NE, a URL's ?) ends no sentence."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return text[index] in "!?" and before in _LATIN and after in _LATIN


def find_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Return where words are quoted, as [start, end) without the signs."""
    if not any(sign in text for sign in _QUOTING):
        return ()
    quotes, opened, straight = [], -1, -1
    for index, char in enumerate(text):
        if char == '"':
            if straight >= 0:
                quotes.append((straight, index))
            straight = index + 1 if straight < 0 else -1
        if char in "「『":
            opened = index + 1
        elif char in "」』" and opened >= 0:
            quotes.append((opened, index))
            opened = -1
    # A line that begins with > is somebody's earlier words, carried along in the reply.
    at = 0
    for line in text.split("\n"):
        if line.startswith(">"):
            quotes.append((at, at + len(line)))
        at += len(line) + 1
    # A message pasted whole in 「」 is no quotation within itself.
    return tuple(quotes) if 5 * sum(end - start for start, end in quotes) < 4 * len(text) else ()
