"""Hits: where a pattern's terms stand together, nearest to one another, with nothing that takes it back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from service.facts.guards import is_negated, is_taken_back
from service.facts.pattern import Found, Hit, Pattern, Reading
from service.facts.spotted import EVERYWHERE
from service.facts.token import Token, order_by_place

_start = itemgetter(1)  # of a token
MOST_HITS = 8  # of one pattern in one text
_LONGEST_WISH = 40  # characters: what is sought nearby may be this long


def find_hits(pattern: Pattern, reading: Reading, limit: int = MOST_HITS) -> list[Hit]:
    """Return the places where a pattern holds."""
    return list(islice(look_for(pattern, reading), limit))


def look_for(pattern: Pattern, reading: Reading, where: int = EVERYWHERE) -> Iterator[Hit]:
    """Yield the places where a pattern holds; `where` has the sentences to look in, as bits."""
    if pattern.roles and reading.role not in pattern.roles:
        return
    for anchor in _candidates(reading.found, pattern.needs[0]):
        if where >> reading.sentences.index(anchor.start) & 1:
            hit = _complete(pattern, anchor, reading)
            if hit and not is_taken_back(pattern, hit, reading):
                yield hit


def find_taken_back(pattern: Pattern, reading: Reading) -> Hit | None:
    """Return the first place where a pattern would hold, did nothing around it take it back."""
    if pattern.roles and reading.role not in pattern.roles:
        return None
    completed = (_complete(pattern, anchor, reading) for anchor in _candidates(reading.found, pattern.needs[0]))
    return next((hit for hit in completed if hit and is_taken_back(pattern, hit, reading)), None)


def find_refused(pattern: Pattern, reading: Reading) -> Iterator[Hit]:
    """Yield the places where a pattern would hold, were it not for a no behind it."""
    if pattern.negatable and not (pattern.roles and reading.role not in pattern.roles):
        for anchor in _candidates(reading.found, pattern.needs[0]):
            hit = _complete(pattern, anchor, reading)
            if hit and is_negated(hit, reading):
                yield hit


def _candidates(found: Found, place: Sequence[str]) -> list[Token]:
    told = found.told
    filled = [tokens for name in place if name in told and (tokens := found.get(name))]
    if len(filled) < 2:
        return filled[0] if filled else []
    return sorted((token for tokens in filled for token in tokens), key=order_by_place)


def _complete(pattern: Pattern, anchor: Token, reading: Reading) -> Hit | None:
    start, end, last = anchor.start, anchor.end, anchor
    sentence = reading.sentences.bounds(start)
    low, high = sentence if pattern.scope == "sentence" else (0, len(reading.text))
    judged: Token | None = None  # up to where the words behind the anchor say what it belongs to
    for place in pattern.needs[1:]:
        first = max(low, last.end) if pattern.ordered else low
        partner = _nearest(pattern, anchor, place, reading.found, (first, high))
        if partner is None:
            return None
        start, end, last = min(start, partner.start), max(end, partner.end), partner
        judged = partner if judged is None or pattern.scope == "sentence" else judged
    return Hit(pattern, anchor, start, end, judged, sentence)


def _nearest(
    pattern: Pattern, anchor: Token, place: Sequence[str], found: Found, between: tuple[int, int]
) -> Token | None:
    """Return the token that fills a place nearest to the anchor, in the text between two positions."""
    (first, high), within = between, pattern.within
    best, best_gap = None, within + 1
    for name in place:
        if name not in found.told:
            continue
        tokens = _find_near(pattern, name, found, first, high)
        for token in tokens[bisect_left(tokens, first, key=_start) :] if first else tokens:
            if token.start - anchor.end > within or token.start > high:
                break  # they come in reading order: the rest is farther still
            if token.end > high + 1 or token == anchor:
                continue
            if pattern.preceded and token.end > anchor.start:
                continue
            gap = max(token.start - anchor.end, anchor.start - token.end, 0)
            if gap < best_gap:
                best, best_gap = token, gap
    return best


def _find_near(pattern: Pattern, name: str, found: Found, first: int, high: int) -> Sequence[Token]:
    """Return a term's tokens; what is sought nearby only, where it is needed."""
    tokens: Sequence[Token]
    if name not in found.nearby or (pattern.scope != "sentence" and not pattern.ordered):
        tokens = found.get(name, ())
    elif pattern.ordered:
        near = found.first_after(name, first, min(high + 1, first + pattern.within + _LONGEST_WISH))
        tokens = (near,) if near else ()
    else:
        tokens = found.find_between(name, first, high + 1)
    return tokens
