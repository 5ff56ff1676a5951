"""Expression: one of a term's re2 expressions, compiled when it is first searched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from service.facts.lexicon import Term
from service.facts.token import MOST_MATCHES, Token, stands_alone
from service.intake.view import ByteMap

_UNANCHORED = re2._Anchor.UNANCHORED
_ANCHORED = re2._Anchor.ANCHOR_START


@dataclass(frozen=True)
class Expression:
    """What a term is searched for by; most are never needed, so the work of compiling waits."""

    term: Term
    source: str

    @cached_property
    def _match(self) -> Callable[[Any, bytes, int, int], Any]:
        # The wrapper's finditer costs three times the C++ object's own search.
        match: Callable[[Any, bytes, int, int], Any] = re2.compile(self.source.encode("utf-8"))._regexp.Match
        return match

    def find_all(self, mapped: ByteMap, text: str, parts: Iterable[tuple[int, int]] | None = None) -> list[Token]:
        """Return its matches in a text, or in parts of it that do not touch, in reading order."""
        if parts is None:
            return self._find_all(mapped, text, 0, len(mapped.encoded))
        offsets = mapped.offsets
        found = [self._find_all(mapped, text, offsets[start], offsets[end]) for start, end in parts]
        return found[0] if len(found) == 1 else [token for tokens in found for token in tokens][:MOST_MATCHES]

    def _find_all(self, mapped: ByteMap, text: str, at: int, size: int) -> list[Token]:
        tokens: list[Token] = []
        term, match, encoded = self.term, self._match, mapped.encoded
        name, free = term.name, term.is_free
        while at < size and len(tokens) < MOST_MATCHES:
            first, last = match(_UNANCHORED, encoded, at, size)[0]
            if first < 0:
                break
            at = _next_place(encoded, first, last, term.overlapping)
            if last > first:
                start, end = mapped.find_position(first), mapped.find_position(last)
                if free or stands_alone(term, text, start, end):
                    tokens.append(Token(name, start, end))
        return tokens

    def find_at(self, mapped: ByteMap, text: str, starts: Iterable[int], part: tuple[int, int]) -> list[Token]:
        """Return its matches in a part of a text where they can begin at some places alone, in reading order.

        An attempt at one place is far cheaper than a search: re2 need not keep track of matches begun elsewhere.
        """
        tokens: list[Token] = []
        term, match, encoded, offsets = self.term, self._match, mapped.encoded, mapped.offsets
        name, free = term.name, term.is_free
        at, high = part
        size = offsets[high]
        for start in starts:
            if not at <= start < high:
                continue
            last = match(_ANCHORED, encoded, offsets[start], size)[0][1]
            if last > offsets[start]:
                end = mapped.find_position(last)
                at = start + 1 if term.overlapping else end
                if free or stands_alone(term, text, start, end):
                    tokens.append(Token(name, start, end))
                    if len(tokens) >= MOST_MATCHES:
                        break
        return tokens

    def find_first(self, encoded: bytes, starts: Iterable[int] | None) -> tuple[int, int]:
        """Return the first match in bytes as [start, end); an empty one where there is none.

        `starts` are the only places, in bytes, where one can begin; None: any.
        """
        match, size = self._match, len(encoded)
        if starts is None:
            first, last = match(_UNANCHORED, encoded, 0, size)[0]
            return first, last
        attempts = (match(_ANCHORED, encoded, start, size)[0] for start in starts)
        return next(((first, last) for first, last in attempts if last > first), (-1, -1))

    def opens(self, encoded: bytes) -> bool:
        """Whether bytes begin with a match."""
        first: int = self._match(_ANCHORED, encoded, 0, len(encoded))[0][0]
        return first >= 0


def _next_place(encoded: bytes, first: int, last: int, overlapping: bool) -> int:
    """Return where to search on: behind the match, or one character behind its start."""
    if last > first and not overlapping:
        return last
    at = first + 1
    while at < len(encoded) and encoded[at] & 0xC0 == 0x80:
        at += 1
    return at
