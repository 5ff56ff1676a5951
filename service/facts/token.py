"""Token: a term found in a text, and whether what stands beside it lets it count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from service.facts.lexicon import Term

MOST_MATCHES = 40  # of one expression in one text; hostile texts repeat, honest ones do not


class Token(NamedTuple):
    """A term found in the view's text at [start, end)."""

    term: str
    start: int
    end: int


def order_by_place(token: Token) -> tuple[int, int]:
    """Return what tokens are sorted by: reading order, the longer first."""
    return token.start, -token.end


def choose_tokens(term: Term, places: Iterable[tuple[int, int]], text: str) -> list[Token]:
    """Return the tokens an expression of the same words would find: from the left, the longest, none inside another."""
    tokens: list[Token] = []
    at = 0
    for start, end in sorted(places, key=longest_first):
        if start < at:
            continue
        at = start + 1 if term.overlapping else end
        if term.is_free or stands_alone(term, text, start, end):
            tokens.append(Token(term.name, start, end))
            if len(tokens) >= MOST_MATCHES:
                break
    return tokens


def longest_first(place: tuple[int, int]) -> tuple[int, int]:
    """Return what places are sorted by: reading order, the longer first."""
    return place[0], -place[1]


def stands_alone(term: Term, text: str, start: int, end: int) -> bool:
    """Whether a match is a word by itself: not part of a longer one in its script, not beside what its term forbids."""
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
