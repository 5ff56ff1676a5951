"""Pattern: which terms, together in one sentence, are a fact — and what takes it back.

A channel that is merely mentioned is no request. A fact needs its terms close together, not negated, not about
somebody else, and not as the subject of the job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.facts.matcher import Token
from service.intake.sentences import Sentences
from service.vocabulary import Role

FactType = Literal["ask", "claim", "signal", "stage", "role", "site", "future"]
Scope = Literal["sentence", "text"]
_BEFORE_REACH = 16  # characters before the anchor in which somebody else may be named
Found = Mapping[str, list[Token]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """`needs` are alternatives each: ("line", "line_soft") is one place that either may fill; the first is the anchor."""

    id: str
    fact: FactType
    kind: str
    needs: tuple[tuple[str, ...], ...]
    within: int = 40
    scope: Scope = "sentence"
    ordered: bool = False
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    quoted_counts: bool = False
    negatable: bool = True
    subject_counts: bool = False
    roles: tuple[Role, ...] = ()
    file: str = ""
    line: int = 0

    def terms(self) -> set[str]:
        """Return every term the pattern names."""
        named = {name for place in self.needs for name in place}
        return named | {*self.unless, *self.unless_before, *self.unless_after, *self.unless_text}


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that held, at [start, end) of the view's text."""

    pattern: Pattern
    anchor: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What patterns are tried on: the tokens, the sentences and the role the text plays."""

    text: str
    found: Found
    sentences: Sentences
    role: Role
    quotes: tuple[tuple[int, int], ...] = ()  # what stands between 「」, from sign to sign


def find_hits(pattern: Pattern, reading: Reading, limit: int = 8) -> list[Hit]:
    """Return the places where a pattern holds."""
    if pattern.roles and reading.role not in pattern.roles:
        return []
    found = reading.found
    for place in pattern.needs:
        for name in place:
            if name in found:
                break
        else:
            return []
    hits = []
    for anchor in _candidates(reading.found, pattern.needs[0]):
        hit = _complete(pattern, anchor, reading)
        if hit and not _is_taken_back(pattern, hit, reading):
            hits.append(hit)
            if len(hits) >= limit:
                break
    return hits


def _candidates(found: Found, place: Sequence[str]) -> list[Token]:
    tokens = [token for name in place for token in found.get(name, ())]
    return sorted(tokens, key=lambda token: (token.start, -token.end)) if len(place) > 1 else tokens


def _complete(pattern: Pattern, anchor: Token, reading: Reading) -> Hit | None:
    start, end, last = anchor.start, anchor.end, anchor
    for place in pattern.needs[1:]:
        partner = _nearest(pattern, anchor, last, place, reading)
        if partner is None:
            return None
        start, end, last = min(start, partner.start), max(end, partner.end), partner
    return Hit(pattern, anchor, start, end)


def _nearest(pattern: Pattern, anchor: Token, last: Token, place: Sequence[str], reading: Reading) -> Token | None:
    low, high = reading.sentences.bounds(anchor.start) if pattern.scope == "sentence" else (0, len(reading.text))
    best, best_gap = None, pattern.within + 1
    for name in place:
        for token in reading.found.get(name, ()):
            if token.start < low or token.end > high + 1 or token is anchor:
                continue
            if pattern.ordered and token.start < last.end:
                continue
            gap = max(token.start - anchor.end, anchor.start - token.end, 0)
            if gap < best_gap:
                best, best_gap = token, gap
    return best


def _is_taken_back(pattern: Pattern, hit: Hit, reading: Reading) -> bool:
    low, high = reading.sentences.bounds(hit.anchor.start)
    found = reading.found
    if any(low <= t.start and t.end <= high + 1 for name in pattern.unless for t in found.get(name, ())):
        return True
    if any(_counts_against(pattern, name, reading) for name in pattern.unless_text):
        return True
    for name in pattern.unless_before if reading.role != "worker_question" else ():
        first = max(low, hit.anchor.start - _BEFORE_REACH)
        if any(first <= t.start and t.end <= hit.anchor.start + 1 for t in found.get(name, ())):
            return True
    for name in pattern.unless_after:
        if any(hit.anchor.end <= t.start <= min(high, hit.anchor.end + 24) for t in found.get(name, ())):
            return True
    if not pattern.subject_counts and _is_subject(hit.anchor, reading):
        return True
    if not pattern.quoted_counts and reading.role != "worker_question" and _is_quoted(hit.anchor, reading):
        return True
    return pattern.negatable and reading.role != "worker_question" and _is_negated(hit, reading)


def _counts_against(pattern: Pattern, name: str, reading: Reading) -> bool:
    """Whether a term anywhere in the text speaks against the pattern; a role is not read from quoted words."""
    tokens = reading.found.get(name, ())
    if pattern.fact != "role":
        return bool(tokens)
    return any(not any(start <= t.start and t.end <= end for start, end in reading.quotes) for t in tokens)


def _is_subject(anchor: Token, reading: Reading) -> bool:
    """Whether the anchor is what the job is about: Zoomの使い方の記事, 電話番号の入力."""
    return any(token.start == anchor.end for token in reading.found.get("as_job_subject", ()))


def _is_quoted(anchor: Token, reading: Reading) -> bool:
    """Whether the anchor is part of quoted words: a title, a label. 「L○NE」 alone in its quotes is a name."""
    return any(
        start <= anchor.start and anchor.end <= end and (end - start) - (anchor.end - anchor.start) > 4
        for start, end in reading.quotes
    )


def _is_negated(hit: Hit, reading: Reading) -> bool:
    """Whether the first thing said after the anchor is that it will not happen."""
    low, high = reading.sentences.bounds(hit.anchor.start)
    if _is_ruled_out(hit, low, reading):
        return True
    negation = _first_after(hit.anchor.end, high, reading.found.get("negation", ()))
    if negation is None or negation.start - hit.anchor.end > 45:
        return False
    commit = _first_after(hit.anchor.end, negation.start, reading.found.get("commitment", ()))
    turn = _first_after(hit.anchor.end, negation.start, reading.found.get("turn", ()))
    return commit is None and turn is None


def _is_ruled_out(hit: Hit, low: int, reading: Reading) -> bool:
    """Whether the refusal stands before the anchor, as in English and Chinese: never ask for your phone number."""
    before = [t for t in reading.found.get("negation_ahead", ()) if low <= t.start and t.end <= hit.anchor.start]
    if not before or hit.anchor.start - before[-1].end > 60:
        return False
    return not any(before[-1].end <= t.start < hit.anchor.start for t in reading.found.get("turn_ahead", ()))


def _first_after(start: int, end: int, tokens: Sequence[Token]) -> Token | None:
    return next((token for token in tokens if token.start >= start and token.start < end), None)
