"""Literals: which short strings must stand in a text before an expression can match it.

Reads the part of RE2's syntax that rule files use. Whatever it does not know counts as "anything", so that an
expression is searched for too often rather than not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

Strings = frozenset[str]
_NOTHING: Strings = frozenset({""})
_MOST_STRINGS = 600  # of one expression: beyond it the last letters are cut off, then it counts as anything
_MOST_CROSSED = 48  # of strings put together from parts
_LARGEST_CLASS = 12
_MOST_TELLING = 6  # two kanji: what weighs more is not rarer
# What stands in a quarter of all messages or more: seeing it tells nothing.
_EVERYDAY = frozenset(
    "のまでしてをにただはくとさがかなきれせもっえるばやあいうこそどよわん。、\n0123456789.,()・?!:mie方日円分入送お"
)
_EVERYDAY |= {
    "ます", "です", "して", "いた", "くだ", "くださ", "ください", "します", "いただ", "した", "で、", "います", "だけ", "って", "まし",
    "願い", "お願い", "から", "あり", "ました", "ませ", "ません", "せん", "0円", "ます。", "います。", "てくだ", "ていただ", "おり", "いて",
    "ない", "する", "まで", "たい", "でき", "いただけ", "いただき", "ており", "を", "た。", "ので",
}  # fmt: skip
_SIGNS = frozenset("\\()[]{}?*+|^$.")
_REPEATS = ("?", "*", "+", "{")
_ANYTHING = frozenset("dDsSwWpPxAzBQE")


# Where a small letter is longer than its capital, Latin alone. The last two are what re2 takes for s and k.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {0x17F: ord("s"), 0x212A: ord("k")}


@dataclass(frozen=True, slots=True)
class _Part:
    """`exact`: all that a part can match, where that is little. `needed`: one of each set stands in whatever it matches."""

    exact: Strings | None = None
    needed: tuple[Strings, ...] = ()

    def clauses(self) -> list[Strings]:
        """Return all that is sure, as sets of which one each must stand."""
        return [each for each in (*self.needed, self.exact) if each and _is_useful(each)]


def make_small(text: str) -> str:
    """Return a text in small letters, character for character."""
    small = text.lower()
    return small if len(small) == len(text) and "\u017f" not in small else text.translate(_SMALL)


def find_needs(expression: str) -> list[list[Strings]]:
    """Return the ways a text may match: in each, one string of every set stands. An empty way is sure of nothing."""
    reader = _Reader(make_small(expression.removeprefix("(?i)")))
    ways = [part.clauses() for part in reader.read_ways()]
    return ways if reader.is_done else [[]]


def find_literals(expression: str) -> Strings | None:
    """Return strings, in small letters, of which a matching text holds at least one; None where none are sure."""
    return _unite(choose(way) for way in find_needs(expression))


def choose(clauses: Iterable[Strings]) -> Strings | None:
    """Return the set that tells most: the one whose plainest string is rarer, then the smaller one."""
    return max(clauses, key=lambda each: (min(map(_weigh, each)), -len(each)), default=None)


def is_telling(strings: Strings) -> bool:
    """Whether a text that holds one of the strings is worth a closer look: none of them stands in most messages."""
    return min(map(_weigh, strings)) > 0


@lru_cache(maxsize=100_000)  # the strings of a book are weighed again and again while it is read
def _weigh(string: str) -> int:
    """Return how rare a string looks: hiragana are endings and stand everywhere."""
    if string in _EVERYDAY:
        return 0
    return min(_MOST_TELLING, sum(1 if "ぁ" <= char <= "ゖ" else 3 for char in string))


class _Reader:
    def __init__(self, source: str) -> None:
        self._source, self._at = source, 0

    @property
    def is_done(self) -> bool:
        """Whether all was read."""
        return self._at >= len(self._source)

    def read_ways(self) -> list[_Part]:
        """Read the alternatives of a whole expression, one pair of brackets around it or none."""
        whole = self._source.startswith("(?:") and _closes_last(self._source)
        if whole:
            self._at = 3
        parts = self._read_parts()
        if whole:
            self._take(")")
        return parts

    def read_choice(self) -> _Part:
        """Read alternatives up to a closing bracket."""
        parts = self._read_parts()
        if len(parts) == 1:
            return parts[0]
        needed = _unite(choose(part.clauses()) for part in parts)
        return _Part(_unite(part.exact for part in parts), (needed,) if needed else ())

    def _read_parts(self) -> list[_Part]:
        parts = [self._read_run()]
        while self._take("|"):
            parts.append(self._read_run())
        return parts

    def _read_run(self) -> _Part:
        current, broken, needed = _NOTHING, False, list[Strings]()
        while not self.is_done and self._source[self._at] not in "|)":
            part = self._read_letters() or self._read_repeat(self._read_one())
            if part.exact is not None and len(current) * len(part.exact) <= _MOST_CROSSED:
                current = frozenset(left + right for left in current for right in part.exact)
                continue
            needed += [current, *part.needed]
            broken, current = True, part.exact if part.exact is not None else _NOTHING
        return _Part(None if broken else current, (*filter(_is_useful, needed), *([current] if broken else [])))

    def _read_letters(self) -> _Part | None:
        """Read plain letters at one go; a last one that is repeated is left."""
        end = self._at
        while end < len(self._source) and self._source[end] not in _SIGNS:
            end += 1
        if self._source[end : end + 1] in _REPEATS:
            end -= 1
        if end <= self._at:
            return None
        letters, self._at = self._source[self._at : end], end
        return _Part(frozenset({letters}))

    def _read_one(self) -> _Part:
        char = self._next()
        if char == "(":
            self._take("?:")
            part = self.read_choice()
            self._take(")")
            return part
        if char == "[":
            return self._read_class()
        if char == "\\":
            return self._read_escape()
        if char in "^$":
            return _Part(_NOTHING)
        return _Part() if char == "." else _Part(frozenset({char}))

    def _read_class(self) -> _Part:
        chars, plain = set[str](), not self._take("^")
        while not self.is_done and not self._take("]"):
            char = self._next()
            if char == "\\":
                char = self._next()
                plain = plain and char not in _ANYTHING
                char = "\n" if char == "n" else char
            last = self._read_range_end()
            plain = plain and ord(last or char) - ord(char) < _LARGEST_CLASS
            chars.update(map(chr, range(ord(char), ord(last or char) + 1)) if plain else char)
        return _Part(frozenset(chars)) if plain and len(chars) <= _LARGEST_CLASS else _Part()

    def _read_range_end(self) -> str:
        """Return the last character of a range that begins here; nothing where there is none."""
        if self._source.startswith("-]", self._at) or not self._take("-"):
            return ""
        return self._next()

    def _read_escape(self) -> _Part:
        char = self._next()
        if char == "b":
            return _Part(_NOTHING)
        if char in _ANYTHING:
            if self._take("{"):
                while not self.is_done and self._next() != "}":
                    pass
            return _Part()
        return _Part(frozenset({"\n" if char == "n" else "\t" if char == "t" else char}))

    def _read_repeat(self, part: _Part) -> _Part:
        if self._take("?"):
            self._take("?")
            return _Part(part.exact | _NOTHING if part.exact is not None else None)
        least = self._read_least()
        if least is None:
            return part
        self._take("?")
        return _Part(None, tuple(part.clauses()) if least else ())

    def _read_least(self) -> int | None:
        """Return how often a part stands at least; None where it is not repeated."""
        if self._take("*"):
            return 0
        if self._take("+"):
            return 1
        if not self._take("{"):
            return None
        digits = ""
        while (char := self._next()) != "}":
            digits += char
        return int(digits.partition(",")[0] or 0)

    def _take(self, text: str) -> bool:
        taken = self._source.startswith(text, self._at)
        self._at += len(text) if taken else 0
        return taken

    def _next(self) -> str:
        self._at += 1
        return self._source[self._at - 1 : self._at]


def _unite(sets: Iterable[Strings | None]) -> Strings | None:
    united: set[str] = set()
    for each in sets:
        if each is None:
            return None
        united |= each
    return frozenset(united) if len(united) <= _MOST_STRINGS else None


def _is_useful(strings: Strings) -> bool:
    return "" not in strings


def _closes_last(source: str) -> bool:
    """Whether the bracket that opens an expression is the one that ends it."""
    depth, at = 0, 0
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source[at] == "[":
            at = _skip_class(source, at)
        elif source[at] in "()":
            depth += 1 if source[at] == "(" else -1
            if not depth:
                break
        at += 1
    return at == len(source) - 1


def _skip_class(source: str, at: int) -> int:
    """Return where a class of letters ends."""
    at += 2 if source.startswith("[^", at) else 1
    while at < len(source) and source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at
