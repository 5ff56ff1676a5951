"""Matcher: every word of the lexicon, found in one text. re2 alone; time grows with the text, never explodes.

`re2.Filter` tells in one pass which terms can occur at all; only those are searched for. Canary: an engine whose
filter misses a term's own word is refused at load, because its silence would read as "nothing found".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import re2

from service.facts.lexicon import Term
from service.intake.view import ByteMap

_UNANCHORED = re2._Anchor.UNANCHORED
# Expressions a filter. Beyond some 300 a text dense with their words overflows its automaton (69 ms for 10,000
# characters instead of 0.6), and at some 5,000 it refuses to compile.
_FILTER_SIZE = 200
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
        if not hasattr(re2, "Filter"):
            raise ImportError("the module re2 must come from google-re2 (pyre2 claims the same name)")
        self.terms = {term.name: term for term in terms}
        self._searches: list[tuple[Term, Any]] = [
            (term, re2.compile(expression.encode("utf-8"))) for term in terms for expression in term.expressions()
        ]
        self._filters = [self._build_filter(first) for first in range(0, len(self._searches), _FILTER_SIZE)]
        self._covering = [term for term in terms if term.covers]

    def find_tokens(self, text: str, *, exhaustive: bool = False) -> dict[str, list[Token]]:
        """Return the tokens of each term, in reading order. `exhaustive` skips the filter (the tests' oracle)."""
        mapped = ByteMap(text)
        candidates = range(len(self._searches)) if exhaustive else self._find_candidates(mapped.encoded)
        found: dict[str, list[Token]] = {}
        for index in candidates:
            tokens = self._search(index, mapped, text)
            if tokens:
                found.setdefault(self._searches[index][0].name, []).extend(tokens)
        for tokens in found.values():
            tokens.sort(key=_by_place)
        return self._uncover(found)

    def _build_filter(self, first: int) -> re2.Filter:
        built = re2.Filter()
        for _, expression in self._searches[first : first + _FILTER_SIZE]:
            built.Add(expression.pattern)
        built.Compile()
        return built

    def _find_candidates(self, encoded: bytes) -> list[int]:
        """Return the numbers of the expressions that can occur. A filter that cannot tell (None) lets all of its own pass."""
        candidates: list[int] = []
        for first, each in zip(range(0, len(self._searches), _FILTER_SIZE), self._filters, strict=True):
            possible = each.Match(encoded, True)
            if possible is None:
                possible = range(min(_FILTER_SIZE, len(self._searches) - first))
            candidates += [first + index for index in sorted(possible)]
        return candidates

    def _search(self, index: int, mapped: ByteMap, text: str) -> list[Token]:
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
            at = last if last > at else at + 1
            if last > first:
                start, end = position(first), position(last)
                if free or _stands_alone(term, text, start, end):
                    tokens.append(Token(name, start, end))
        return tokens

    def _uncover(self, found: dict[str, list[Token]]) -> dict[str, list[Token]]:
        """Drop the tokens that are only part of a longer word with another meaning."""
        for term in self._covering:
            for cover in found.get(term.name, ()):
                for name in term.covers:
                    kept = [t for t in found.get(name, ()) if not (cover.start <= t.start and t.end <= cover.end)]
                    if name in found:
                        found[name] = kept
        return {name: tokens for name, tokens in found.items() if tokens}


def _by_place(token: Token) -> tuple[int, int]:
    return token.start, -token.end


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
