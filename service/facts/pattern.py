"""Pattern: which terms, together in one sentence, are a fact — and what takes it back.

A channel that is merely mentioned is no request. A fact needs its terms close together, not negated, not about
somebody else, and not as the subject of the job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.facts.matcher import FoundTokens, Token
from service.intake.sentences import Sentences
from service.vocabulary import Role

FactType = Literal["ask", "claim", "signal", "stage", "role", "site", "future"]
Scope = Literal["sentence", "text"]
_BEFORE_REACH = 16  # characters before the anchor in which somebody else may be named
_HEADING = "heading_"
_ANY_HEADING = "heading_any"
_PLACE_PARTICLES = ("で", "にて", "から", "へ", "宛", "経由", "を使", "上で")
_TALK = "talk_request"  # a deed and a wish in one; what is made in between belongs to the work
_OWN_NAME = 2  # signs that a name may have around it in its own quotes
_ANSWER_REACH = 4  # characters between a question and its answer: a line break, A. or an arrow
Found = FoundTokens


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
    preceded: bool = False  # the partners stand before the anchor: a heading and its list
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    quoted_counts: bool = False
    negatable: bool = True
    subject_counts: bool = False
    roles: tuple[Role, ...] = ()
    section: tuple[str, ...] = ()  # only under a heading of these kinds: `contact` is the term heading_contact
    not_section: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    def terms(self) -> set[str]:
        """Return every term the pattern names."""
        named = {name for place in self.needs for name in place}
        named |= {_HEADING + kind for kind in (*self.section, *self.not_section)}
        return named | {*self.unless, *self.unless_before, *self.unless_after, *self.unless_text}


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that held, at [start, end) of the view's text."""

    pattern: Pattern
    anchor: Token
    start: int
    end: int
    partner: Token | None = None  # the first of the other terms; None where the anchor stands alone


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
    first: Token | None = None
    for place in pattern.needs[1:]:
        partner = _nearest(pattern, anchor, last, place, reading)
        if partner is None:
            return None
        start, end, last = min(start, partner.start), max(end, partner.end), partner
        first = first or partner
    return Hit(pattern, anchor, start, end, first)


def _nearest(pattern: Pattern, anchor: Token, last: Token, place: Sequence[str], reading: Reading) -> Token | None:
    low, high = reading.sentences.bounds(anchor.start) if pattern.scope == "sentence" else (0, len(reading.text))
    best, best_gap = None, pattern.within + 1
    for name in place:
        for token in reading.found.get(name, ()):
            if token.start < low or token.end > high + 1 or token is anchor:
                continue
            if pattern.ordered and token.start < last.end or pattern.preceded and token.end > anchor.start:
                continue
            gap = max(token.start - anchor.end, anchor.start - token.end, 0)
            if gap < best_gap:
                best, best_gap = token, gap
    return best


def _is_taken_back(pattern: Pattern, hit: Hit, reading: Reading) -> bool:
    low, high = reading.sentences.bounds(hit.anchor.start)
    if pattern.scope == "text":  # what is said of any part is said of the whole
        low, high = min(low, reading.sentences.bounds(hit.start)[0]), reading.sentences.bounds(hit.end)[1]
    found = reading.found
    if _is_out_of_place(pattern, hit.anchor, reading):
        return True
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
    if not pattern.subject_counts and _is_subject(hit, reading):
        return True
    if not pattern.quoted_counts and reading.role != "worker_question" and _is_quoted(hit.anchor, reading):
        return True
    return pattern.negatable and _is_negated(hit, reading)


def _is_out_of_place(pattern: Pattern, anchor: Token, reading: Reading) -> bool:
    """Whether the anchor stands under a heading that the pattern does not belong to."""
    if not pattern.section and not pattern.not_section:
        return False
    opened = [token for token in reading.found.get(_ANY_HEADING, ()) if token.end <= anchor.start]
    for kind in pattern.not_section:
        if opened and _is_headed(opened[-1], _HEADING + kind, reading):
            return True
    return bool(pattern.section) and not (
        opened and any(_is_headed(opened[-1], _HEADING + kind, reading) for kind in pattern.section)
    )


def _is_headed(heading: Token, name: str, reading: Reading) -> bool:
    """Whether a heading has the words of a kind: 使用ツール, 連絡手段 …"""
    return any(heading.start <= token.start < heading.end for token in reading.found.get(name, ()))


def _counts_against(pattern: Pattern, name: str, reading: Reading) -> bool:
    """Whether a term anywhere in the text speaks against the pattern; a role is not read from quoted words."""
    tokens = reading.found.get(name, ())
    if pattern.fact != "role":
        return bool(tokens)
    return any(not any(start <= t.start and t.end <= end for start, end in reading.quotes) for t in tokens)


def _is_subject(hit: Hit, reading: Reading) -> bool:
    """Whether the anchor is what the job is about: Zoomの使い方の記事, 電話番号の欄を必須に.

    Japanese names the head last: what stands behind the anchor, up to the wish, says what it belongs to. Behind で
    (Zoomで記事の相談を) stands what is done there; only the making of something (Zoomで使う原稿を書いて) speaks against it.
    """
    anchor, found = hit.anchor, reading.found
    if found.opens("as_job_subject", anchor.end):
        return True
    if hit.partner is None or hit.partner.start < anchor.end:
        return False
    talk = hit.partner.term == _TALK
    last = hit.partner.end if talk else hit.partner.start
    if talk and _first_after(anchor.end, last, found.get("work_deed", ())):
        return True
    if reading.text.startswith(_PLACE_PARTICLES, anchor.end):
        return False
    mark = _first_after(anchor.end, last, found.get("work_mark", ()))
    return mark is not None and mark.end <= last


def _is_quoted(anchor: Token, reading: Reading) -> bool:
    """Whether the anchor is part of quoted words: a title, a label. 「L○NE」 alone in its quotes is a name."""
    return any(
        start <= anchor.start and anchor.end <= end and (end - start) - (anchor.end - anchor.start) > _OWN_NAME
        for start, end in reading.quotes
    )


def _is_negated(hit: Hit, reading: Reading) -> bool:
    """Whether the first thing said after the anchor is that it will not happen."""
    low, high = reading.sentences.bounds(hit.anchor.start)
    if hit.pattern.scope == "text":
        high = max(high, reading.sentences.bounds(hit.end)[1])
    if reading.role == "worker_question":  # a worker who tells of it negates other things: 何も教えていません
        return _first_after(hit.anchor.end, hit.anchor.end + 2, reading.found.get("negation", ())) is not None
    if _is_ruled_out(hit, low, reading):
        return True
    if _answers_itself(reading, high):
        return True
    negation = _first_after(hit.anchor.end, high, reading.found.get("negation", ()))
    if negation is None or negation.start - hit.anchor.end > 45:
        return False
    commit = _first_after(hit.anchor.end, negation.start, reading.found.get("commitment", ()))
    turn = _first_after(hit.anchor.end, negation.start, reading.found.get("turn", ()))
    return commit is None and turn is None


def _answers_itself(reading: Reading, high: int) -> bool:
    """Whether the writer puts a question and answers it with a no: Q. 面談はありますか? A. ございません。"""
    if reading.text[high : high + 1] != "?":
        return False
    no = _first_after(high, min(high + _ANSWER_REACH, len(reading.text)), reading.found.get("answer_no", ()))
    return no is not None


def _is_ruled_out(hit: Hit, low: int, reading: Reading) -> bool:
    """Whether the refusal stands before the anchor, as in English and Chinese: never ask for your phone number."""
    before = [t for t in reading.found.get("negation_ahead", ()) if low <= t.start and t.end <= hit.anchor.start]
    if not before or hit.anchor.start - before[-1].end > 60:
        return False
    return not any(before[-1].end <= t.start < hit.anchor.start for t in reading.found.get("turn_ahead", ()))


def _first_after(start: int, end: int, tokens: Sequence[Token]) -> Token | None:
    return next((token for token in tokens if token.start >= start and token.start < end), None)
