"""Matcher: every word of the lexicon, found in one text. re2 alone; time grows with the text, never explodes.

A sieve of literals (sieve.py) tells first which expressions can occur at all; only those are searched for. A sieve that
missed a word would read as "nothing found": the tests hold it against trying every expression on any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import re2

from service.facts.lexicon import Term
from service.facts.sieve import Sieve
from service.intake.view import ByteMap

_UNANCHORED = re2._Anchor.UNANCHORED
_ANCHORED = re2._Anchor.ANCHOR_START
_LONGEST_OPENING = 72  # characters an anchored term may look ahead
MOST_MATCHES = 40  # of one term in one text; hostile texts repeat, honest ones do not


@dataclass(frozen=True, slots=True)
class Token:
    """A term found in the view's text at [start, end)."""

    term: str
    start: int
    end: int


class Matcher:
    """A compiled lexicon."""

    def __init__(self, terms: Sequence[Term]) -> None:
        if not hasattr(re2, "Filter"):  # pyre2 claims the same name
            raise ImportError("the module re2 must come from google-re2")
        self.terms = {term.name: term for term in terms}
        self._searches: list[tuple[Term, Any]] = [
            (term, re2.compile(expression.encode("utf-8")))
            for term in terms
            if not term.anchored
            for expression in term.expressions()
        ]
        self._openers = {
            term.name: re2.compile("|".join(term.expressions()).encode("utf-8")) for term in terms if term.anchored
        }
        self._hidden = ""
        self._sieve = Sieve(self._searches)
        self.covered_by: dict[str, list[str]] = {}
        for term in terms:
            for name in term.covers:
                self.covered_by.setdefault(name, []).append(term.name)

    def find_tokens(self, text: str, *, exhaustive: bool = False) -> dict[str, list[Token]]:
        """Return the tokens of each term, in reading order. `exhaustive` skips the filter (the tests' oracle)."""
        found = self.open_text(text, exhaustive=exhaustive)
        return {name: tokens for name in found if (tokens := found[name])}

    def open_text(self, text: str, *, exhaustive: bool = False) -> FoundTokens:
        """Return a text's tokens by term, each term searched for when it is first asked for."""
        mapped = ByteMap(text)
        candidates = range(len(self._searches)) if exhaustive else self._sieve.find_candidates(text)
        by_name: dict[str, list[int]] = {}
        for index in candidates:
            by_name.setdefault(self._searches[index][0].name, []).append(index)
        by_name.pop(self._hidden, None)
        return FoundTokens(self, mapped, text, by_name)

    def opens(self, name: str, text: str, position: int) -> bool:
        """Whether an anchored term begins right at a position."""
        opener = self._openers.get(name)
        if opener is None or name == self._hidden:
            return False
        ahead = text[position : position + _LONGEST_OPENING].encode("utf-8")
        first: int = opener._regexp.Match(_ANCHORED, ahead, 0, len(ahead))[0][0]
        return first >= 0

    def search(self, index: int, mapped: ByteMap, text: str) -> list[Token]:
        """Return what one expression finds."""
        term, expression = self._searches[index]
        tokens: list[Token] = []
        encoded, position, name, free = mapped.encoded, mapped.position, term.name, term.is_free
        match, size, at = (
            expression._regexp.Match,
            len(mapped.encoded),
            0,
        )  # the wrapper's finditer costs three times it
        while at < size and len(tokens) < MOST_MATCHES:
            first, last = match(_UNANCHORED, encoded, at, size)[0]
            if first < 0:
                break
            at = _next_place(encoded, first, last, term.overlapping)
            if last > first:
                start, end = position(first), position(last)
                if free or _stands_alone(term, text, start, end):
                    tokens.append(Token(name, start, end))
        return tokens

    def search_between(self, indexes: Sequence[int], text: str, start: int, end: int) -> Token | None:
        """Return what one of some expressions finds first in a slice of a text."""
        encoded = text[start:end].encode("utf-8")
        best: tuple[int, int, str] | None = None
        for index in indexes:
            term, expression = self._searches[index]
            first, last = expression._regexp.Match(_UNANCHORED, encoded, 0, len(encoded))[0]
            if first >= 0 and last > first and (best is None or (first, -last) < (best[0], -best[1])):
                best = first, last, term.name
        if best is None:
            return None
        at = start + len(encoded[: best[0]].decode("utf-8"))
        return Token(best[2], at, at + len(encoded[best[0] : best[1]].decode("utf-8")))

    def without(self, name: str) -> Matcher:
        """Return the same words without one term; what is compiled is shared."""
        other = copy(self)
        other._hidden = name
        return other


class FoundTokens(Mapping[str, list[Token]]):
    """The tokens of one text by term. Most terms are never asked about: they guard requests that are not there."""

    def __init__(self, matcher: Matcher, mapped: ByteMap, text: str, candidates: dict[str, list[int]]) -> None:
        self._matcher, self._mapped, self._text, self._candidates = matcher, mapped, text, candidates
        self._raw: dict[str, list[Token]] = {}
        self._kept: dict[str, list[Token]] = {}
        self._names = frozenset(candidates)
        self._opened: dict[tuple[str, int], bool] = {}
        self._after: dict[tuple[str, int, int], Token | None] = {}

    def __getitem__(self, name: str) -> list[Token]:
        kept = self._kept.get(name)
        if kept is None:
            if name not in self._candidates:
                raise KeyError(name)
            kept = self._kept[name] = self._uncover(name)
        return kept

    def get(self, name: str, default: Any = None) -> Any:
        """Return the tokens of a term, or the default where it does not occur."""
        kept = self._kept.get(name)
        if kept is None:
            if name not in self._candidates:
                return default
            kept = self._kept[name] = self._uncover(name)
        return kept or default

    def __contains__(self, name: object) -> bool:
        return name in self._candidates and bool(self[str(name)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._candidates)

    def __len__(self) -> int:
        return len(self._candidates)

    def opens(self, name: str, position: int) -> bool:
        """Whether an anchored term begins right at a position."""
        known = self._opened.get((name, position))
        if known is None:
            known = self._opened[name, position] = self._matcher.opens(name, self._text, position)
        return known

    def may_hold(self, names: Iterable[str]) -> bool:
        """Whether any of the terms can occur at all; nothing is searched for."""
        return not self._names.isdisjoint(names)

    def is_sought_nearby(self, name: str) -> bool:
        """Whether a term is looked for only behind what it belongs to, not in the whole text."""
        return self._matcher.terms[name].overlapping

    def first_after(self, name: str, start: int, end: int) -> Token | None:
        """Return the first token of a term between two positions; the words around are enough to find it."""
        if name not in self._names:
            return None
        key = (name, start, end)
        if key not in self._after:
            self._after[key] = self._matcher.search_between(self._candidates[name], self._text, start, end)
        return self._after[key]

    def _search(self, name: str) -> list[Token]:
        raw = self._raw.get(name)
        if raw is None:
            indexes = self._candidates.get(name, ())
            raw = [token for index in indexes for token in self._matcher.search(index, self._mapped, self._text)]
            raw.sort(key=_by_place)
            self._raw[name] = raw
        return raw

    def _uncover(self, name: str) -> list[Token]:
        """Drop the tokens that are only part of a longer word with another meaning."""
        tokens = self._search(name)
        for covering in self._matcher.covered_by.get(name, ()) if tokens else ():
            for cover in self._search(covering):
                tokens = [t for t in tokens if not (cover.start <= t.start and t.end <= cover.end)]
        return tokens


def _by_place(token: Token) -> tuple[int, int]:
    return token.start, -token.end


def _next_place(encoded: bytes, first: int, last: int, overlapping: bool) -> int:
    """Return where to search on: behind the match, or one character behind its start."""
    if last > first and not overlapping:
        return last
    at = first + 1
    while at < len(encoded) and encoded[at] & 0xC0 == 0x80:
        at += 1
    return at


def _stands_alone(term: Term, text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if term.edges in ("both", "left") and before and _same_script(before, text[start]):
        return False
    if term.edges in ("both", "right") and after and _same_script(after, text[end - 1]):
        return False
    if term.not_before and text.startswith(term.not_before, end):
        return False
    return not (term.not_after and text[:start].endswith(term.not_after))


def _same_script(neighbour: str, edge: str) -> bool:
    if _is_latin(edge):
        return _is_latin(neighbour) or neighbour == "_"
    if "ァ" <= edge <= "ヶ" or edge == "ー":
        return "ァ" <= neighbour <= "ヶ" or neighbour == "ー"
    return False


def _is_latin(char: str) -> bool:
    return "A" <= char <= "Z" or "a" <= char <= "z"
