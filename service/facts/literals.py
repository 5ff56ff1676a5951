"""Literals: which short strings must stand in a text before an expression can match it.

Reads the part of RE2's syntax that rule files use. Whatever it does not know counts as "anything", so that an
expression is searched for too often rather than not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from sys import maxunicode

from service.facts.needs import ENDLESS, Need, Strings, choose, unite, unite_needs

_NOTHING: Strings = frozenset({""})
_MOST_CROSSED = 48  # of strings put together from parts
_LARGEST_CLASS = 12
_SIGNS = frozenset("\\()[]{}?*+|^$.")
_REPEATS = ("?", "*", "+", "{")
_ANYTHING = frozenset("dsw")
_DIGITS = frozenset("0123456789")
_MEANINGS = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyz")  # behind a backslash; signs stand for themselves there
_CONTROL = {"n": "\n", "t": "\t"}


# Where a small letter is longer than its capital, Latin alone. The last two are what re2 takes for s and k.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {0x17F: ord("s"), 0x212A: ord("k")}


@dataclass(frozen=True, slots=True)
class _Part:
    """`exact`: all that a part can match, where that is little. `needed`: what stands in whatever it matches.

    `longest` is how many characters it can match at most.
    """

    exact: Strings | None = None
    needed: tuple[Need, ...] = ()
    longest: int = 1

    def clauses(self) -> list[Need]:
        """Return all that is sure."""
        own = [Need(self.exact)] if self.exact and _is_useful(self.exact) else []
        return [*self.needed, *own]


def make_small(text: str) -> str:
    """Return a text in small letters, character for character."""
    small = text.lower()
    return small if len(small) == len(text) and "\u017f" not in small else text.translate(_SMALL)


class _UnknownSyntaxError(Exception):
    """Something stands in an expression that is not read here."""


def find_needs(expression: str) -> list[list[Need]]:
    """Return the ways a text may match: in each, every need is met. An empty way is sure of nothing."""
    reader = _Reader(make_small(expression.removeprefix("(?i)")))
    try:
        ways = [part.clauses() for part in reader.read_ways()]
    except _UnknownSyntaxError:
        return [[]]
    return ways if reader.is_done else [[]]


def find_literals(expression: str) -> Strings | None:
    """Return strings, in small letters, of which a matching text holds at least one; None where none are sure."""
    needed = unite_needs(choose(way) for way in find_needs(expression))
    return needed.strings if needed else None


class _Reader:
    def __init__(self, source: str) -> None:
        self._source, self._at, self._size = source, 0, len(source)
        self._signs = [*(index for index, char in enumerate(source) if char in _SIGNS), self._size]
        self._next_sign = 0

    @property
    def is_done(self) -> bool:
        """Whether all was read."""
        return self._at >= self._size

    def read_ways(self) -> list[_Part]:
        """Read the alternatives of a whole expression, one pair of brackets around it or none."""
        whole = self._source.startswith("(?:") and self._closes_last()
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
        is_plain = all(part.exact is not None and not part.needed for part in parts)  # then that says it all
        needed = None if is_plain else unite_needs(choose(part.clauses()) for part in parts)
        longest = max([part.longest for part in parts])
        return _Part(unite(part.exact for part in parts), (needed,) if needed else (), longest)

    def _read_parts(self) -> list[_Part]:
        parts = [self._read_plain() or self._read_run()]
        while self._take("|"):
            parts.append(self._read_plain() or self._read_run())
        return parts

    def _read_plain(self) -> _Part | None:
        """Read an alternative that is plain letters and nothing else; most are."""
        start, end = self._at, self._find_sign()
        if end < self._size and self._source[end] not in "|)":
            return None
        self._at = end
        return _Part(frozenset({self._source[start:end]}), (), end - start)

    def _find_sign(self) -> int:
        """Return where the next letter stands that is a sign; the end, where there is none."""
        signs, at = self._signs, self._at
        while (sign := signs[self._next_sign]) < at:
            self._next_sign += 1
        return sign

    def _read_run(self) -> _Part:
        current, begun, broken = _NOTHING, 0, False
        needed = list[tuple[Need, int]]()  # with how much was read up to its end
        read = 0  # characters, at most
        while not self.is_done and self._source[self._at] not in "|)":
            part = self._read_letters() or self._read_repeat(self._read_one())
            if part.exact is not None and len(current) * len(part.exact) <= _MOST_CROSSED:
                current = frozenset(left + right for left in current for right in part.exact)
            else:
                needed.append((Need(current, begun), read))
                needed += [(each.widen(read, 0), read + part.longest) for each in part.needed]
                broken, current = True, part.exact if part.exact is not None else _NOTHING
                begun = read if part.exact is not None else read + part.longest
            read += part.longest
        if not broken:
            return _Part(current, (), read)
        needed.append((Need(current, begun), read))
        sure = (each.widen(0, read - end) for each, end in needed if _is_useful(each.strings))
        return _Part(None, tuple(sure), min(read, ENDLESS))

    def _read_letters(self) -> _Part | None:
        """Read plain letters at one go; a last one that is repeated is left."""
        end = self._find_sign()
        if self._source[end : end + 1] in _REPEATS:
            end -= 1
        if end <= self._at:
            return None
        letters, self._at = self._source[self._at : end], end
        return _Part(frozenset({letters}), (), len(letters))

    def _read_one(self) -> _Part:
        char = self._next()
        if char == "(":
            if not self._take("?:") and self._take("?"):
                raise _UnknownSyntaxError
            part = self.read_choice()
            self._take(")")
            return part
        if char == "[":
            return self._read_class()
        if char == "\\":
            return self._read_escape()
        if char in "^$":
            return _Part(_NOTHING, (), 0)
        return _Part() if char == "." else _Part(frozenset({char}))

    def _read_class(self) -> _Part:
        chars, plain = set[str](), not self._take("^")
        while not self.is_done and not self._take("]"):
            char = self._next()
            if char == "[" and self._take(":"):
                raise _UnknownSyntaxError
            if char == "\\":
                char = self._next()
                plain = plain and (char in _CONTROL or char not in _MEANINGS)
                char = _CONTROL.get(char, char)
            last = self._read_range_end()
            plain = plain and ord(last or char) - ord(char) < _LARGEST_CLASS
            chars.update(map(chr, range(ord(char), ord(last or char) + 1)) if plain else char)
        return _Part(frozenset(chars)) if plain and len(chars) <= _LARGEST_CLASS else _Part()

    def _read_range_end(self) -> str:
        """Return the last character of a range that begins here; nothing where there is none."""
        if self._source.startswith("-]", self._at) or not self._take("-"):
            return ""
        if self._take("\\"):
            self._next()
            return chr(maxunicode)  # whatever it stands for: the class is not told letter by letter
        return self._next()

    def _read_escape(self) -> _Part:
        char = self._next()
        if char == "b":
            return _Part(_NOTHING, (), 0)
        if char in _ANYTHING or (char in "px" and self._skip_braces()):
            return _Part()
        if char in _MEANINGS and char not in _CONTROL:
            raise _UnknownSyntaxError
        return _Part(frozenset({_CONTROL.get(char, char)}))

    def _skip_braces(self) -> bool:
        """Skip what stands in braces, if they are there."""
        end = self._source.find("}", self._at)
        if not self._source.startswith("{", self._at) or end < 0:
            return False
        self._at = end + 1
        return True

    def _read_repeat(self, part: _Part) -> _Part:
        if self._take("?"):
            self._take("?")
            return _Part(part.exact | _NOTHING if part.exact is not None else None, (), part.longest)
        times = self._read_times()
        if times is None:
            return part
        self._take("?")
        least, most = times
        others = part.longest * max(most - 1, 0)
        needed = tuple(each.widen(others, others) for each in part.clauses()) if least else ()
        return _Part(None, needed, min(part.longest * most, ENDLESS))

    def _read_times(self) -> tuple[int, int] | None:
        """Return how often a part stands at least and at most; None where it is not repeated."""
        if self._take("*"):
            return 0, ENDLESS
        if self._take("+"):
            return 1, ENDLESS
        start = self._at
        if not self._source.startswith("{", start):
            return None
        if not self._skip_braces():
            raise _UnknownSyntaxError
        least, comma, most = self._source[start + 1 : self._at - 1].partition(",")
        if not least or not _DIGITS.issuperset(least + most):
            raise _UnknownSyntaxError  # re2 takes it for letters
        return int(least or 0), int(most or ENDLESS) if comma else int(least or 0)

    def _closes_last(self) -> bool:
        """Whether the bracket that opens an expression is the one that ends it."""
        source, depth, passed = self._source, 0, 0
        for at in self._signs[:-1]:
            if at < passed:
                continue
            if source[at] == "\\":
                passed = at + 2
            elif source[at] == "[":
                passed = _skip_class(source, at) + 1
            elif source[at] in "()":
                depth += 1 if source[at] == "(" else -1
                if not depth:
                    return at == self._size - 1
        return False

    def _take(self, text: str) -> bool:
        taken = self._source.startswith(text, self._at)
        self._at += len(text) if taken else 0
        return taken

    def _next(self) -> str:
        self._at += 1
        return self._source[self._at - 1 : self._at]


def _is_useful(strings: Strings) -> bool:
    return "" not in strings


def _skip_class(source: str, at: int) -> int:
    """Return where a class of letters ends."""
    at += 2 if source.startswith("[^", at) else 1
    while at < len(source) and source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at
