"""Hits: where a pattern's terms stand together, nearest to one another, with nothing that takes it back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from service.facts.guards import is_taken_back
from service.facts.matcher import Token
from service.facts.pattern import Found, Hit, Pattern, Reading

_start = attrgetter("start")
_LONGEST_WISH = 40  # characters: what is sought nearby may be this long


def find_hits(pattern: Pattern, reading: Reading, limit: int = 8) -> list[Hit]:
    """Return the places where a pattern holds."""
    if pattern.roles and reading.role not in pattern.roles:
        return []
    hits = []
    for anchor in _candidates(reading.found, pattern.needs[0]):
        hit = _complete(pattern, anchor, reading)
        if hit and not is_taken_back(pattern, hit, reading):
            hits.append(hit)
            if len(hits) >= limit:
                break
    return hits


def find_taken_back(pattern: Pattern, reading: Reading) -> Hit | None:
    """Return the first place where a pattern would hold, did nothing around it take it back."""
    if pattern.roles and reading.role not in pattern.roles:
        return None
    completed = (_complete(pattern, anchor, reading) for anchor in _candidates(reading.found, pattern.needs[0]))
    return next((hit for hit in completed if hit and is_taken_back(pattern, hit, reading)), None)


def _candidates(found: Found, place: Sequence[str]) -> list[Token]:
    filled = [tokens for name in place if (tokens := found.get(name))]
    if len(filled) < 2:
        return filled[0] if filled else []
    return sorted((token for tokens in filled for token in tokens), key=lambda token: (token.start, -token.end))


def _complete(pattern: Pattern, anchor: Token, reading: Reading) -> Hit | None:
    start, end, last = anchor.start, anchor.end, anchor
    judged: Token | None = None  # up to where the words behind the anchor say what it belongs to
    for place in pattern.needs[1:]:
        partner = _nearest(pattern, anchor, last, place, reading)
        if partner is None:
            return None
        start, end, last = min(start, partner.start), max(end, partner.end), partner
        judged = partner if judged is None or pattern.scope == "sentence" else judged
    return Hit(pattern, anchor, start, end, judged)


def _nearest(pattern: Pattern, anchor: Token, last: Token, place: Sequence[str], reading: Reading) -> Token | None:
    low, high = reading.sentences.bounds(anchor.start) if pattern.scope == "sentence" else (0, len(reading.text))
    first = max(low, last.end) if pattern.ordered else low
    best, best_gap = None, pattern.within + 1
    for name in place:
        if pattern.ordered and reading.found.is_sought_nearby(name):
            near = reading.found.first_after(name, last.end, min(high + 1, last.end + pattern.within + _LONGEST_WISH))
            if near and max(near.start - anchor.end, 0) < best_gap:
                best, best_gap = near, max(near.start - anchor.end, 0)
            continue
        tokens = reading.found.get(name, ())
        for token in tokens[bisect_left(tokens, first, key=_start) :] if first else tokens:
            if token.start - anchor.end > pattern.within or token.start > high:
                break  # they come in reading order: the rest is farther still
            if token.end > high + 1 or token is anchor:
                continue
            if pattern.preceded and token.end > anchor.start:
                continue
            gap = max(token.start - anchor.end, anchor.start - token.end, 0)
            if gap < best_gap:
                best, best_gap = token, gap
    return best
