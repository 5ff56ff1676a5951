"""Guards: what takes a hit back - refused, quoted, somebody else's doing, or what the job is about."""

from __future__ import annotations

from collections.abc import Sequence

from service.facts.pattern import HEADING, Hit, Pattern, Reading
from service.facts.token import Token

_BEFORE_REACH = 16  # characters before the anchor in which somebody else may be named
_AFTER_REACH = 24
_ANY_HEADING = "heading_any"
_PLACE_PARTICLES = ("で", "にて", "から", "へ", "宛", "経由", "を使", "上で")
_WISHES = ("talk_request", "wish")  # what is made before the wish is said belongs to the work
_OWN_NAME = 2  # signs that a name may have around it in its own quotes
_WHOLE_REACH = 80
_MATTER_REACH = 40  # characters in which the work's matter may be opened before a thing: 入力項目は氏名、…
_ANSWER_REACH = 6  # characters between a question and its answer: a line break, A. or an arrow


def is_taken_back(pattern: Pattern, hit: Hit, reading: Reading) -> bool:
    """Whether anything around a hit takes it back; the cheap looks come first."""
    if _is_out_of_place(pattern, hit.anchor, reading) or _is_guarded(pattern, hit, reading):
        return True
    if not pattern.subject_counts and _is_subject(hit, reading):
        return True
    if not pattern.quoted_counts and reading.role != "worker_question" and _is_quoted(hit.anchor, reading):
        return True
    return pattern.negatable and is_negated(hit, reading)


def _is_guarded(pattern: Pattern, hit: Hit, reading: Reading) -> bool:
    """Whether a term that the pattern names as a guard stands in its place."""
    anchor, (low, high), told = hit.anchor, hit.sentence, reading.found.told
    if not told.isdisjoint(pattern.unless) and _stand_between(pattern.unless, *_bounds(hit, reading), reading):
        return True
    if not told.isdisjoint(pattern.unless_text) and any(
        _counts_against(pattern, name, reading) for name in pattern.unless_text
    ):
        return True
    if reading.role != "worker_question" and not told.isdisjoint(pattern.unless_before):
        first = max(low, anchor.start - _BEFORE_REACH)
        if _stand_between(pattern.unless_before, first, anchor.start, reading):
            return True
    if told.isdisjoint(pattern.unless_after):
        return False
    last = min(high, anchor.end + _AFTER_REACH)
    return any(
        _first_after(anchor.end, last + 1, reading.found.get(name, ())) is not None for name in pattern.unless_after
    )


def _bounds(hit: Hit, reading: Reading) -> tuple[int, int]:
    """Return the sentence of a hit; where it spans several, what is said of any part is said of the whole."""
    if hit.pattern.scope == "sentence":
        return hit.sentence
    low, high = hit.sentence
    return min(low, reading.sentences.bounds(hit.start)[0]), max(high, reading.sentences.bounds(hit.end)[1])


def _stand_between(names: Sequence[str], low: int, high: int, reading: Reading) -> bool:
    found = reading.found
    for name in names:
        if name in found.told:
            for token in found.get(name, ()):
                if token.start > high:
                    break
                if low <= token.start and token.end <= high + 1:
                    return True
    return False


def _is_out_of_place(pattern: Pattern, anchor: Token, reading: Reading) -> bool:
    """Whether the anchor stands under a heading that the pattern does not belong to."""
    if not pattern.section and not pattern.not_section:
        return False
    opened = [token for token in reading.found.get(_ANY_HEADING, ()) if token.end <= anchor.start]
    for kind in pattern.not_section:
        if opened and _is_headed(opened[-1], HEADING + kind, reading):
            return True
    return bool(pattern.section) and not (
        opened and any(_is_headed(opened[-1], HEADING + kind, reading) for kind in pattern.section)
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
    low = hit.sentence[0]
    if _stand_between(("matter_opens",), max(low, anchor.start - _MATTER_REACH), anchor.start - 1, reading):
        return True
    if hit.partner is None or hit.partner.start < anchor.end:
        return False
    if hit.partner.term in _WISHES and _first_after(anchor.end, hit.partner.end, found.get("work_deed", ())):
        return True
    if reading.text.startswith(_PLACE_PARTICLES, anchor.end):
        return False
    return _first_after(anchor.end, hit.partner.start, found.get("work_mark", ())) is not None


def _is_quoted(anchor: Token, reading: Reading) -> bool:
    """Whether the anchor is part of quoted words: a title, a label. 「L○NE」 alone in its quotes is a name."""
    return any(
        start <= anchor.start and anchor.end <= end and (end - start) - (anchor.end - anchor.start) > _OWN_NAME
        for start, end in reading.quotes
    )


def is_negated(hit: Hit, reading: Reading) -> bool:
    """Whether the first thing said after the anchor is that it will not happen."""
    low, high = _bounds(hit, reading)
    if reading.role == "worker_question":  # a worker who tells of it negates other things: 何も教えていません
        return _first_after(hit.anchor.end, hit.anchor.end + 2, reading.found.get("negation", ())) is not None
    if _is_ruled_out(hit, low, reading):
        return True
    if _answers_itself(reading, high):
        return True
    if _is_taken_back_whole(hit.anchor.end, high, reading):
        return True
    negation = _first_after(hit.anchor.end, high, reading.found.get("negation", ()))
    if negation is None or negation.start - hit.anchor.end > 45:
        return False
    commit = _first_after(hit.anchor.end, negation.start, reading.found.get("commitment", ()))
    turn = _first_after(hit.anchor.end, negation.start, reading.found.get("turn", ()))
    return commit is None and turn is None


def _is_taken_back_whole(start: int, high: int, reading: Reading) -> bool:
    """Whether the clause ends in a no that covers its wishes too: お送りいただくものではありません."""
    whole = _first_after(start, high, reading.found.get("negation_whole", ()))
    if whole is None or whole.start - start > _WHOLE_REACH:
        return False
    return _first_after(start, whole.start, reading.found.get("clause_break", ())) is None


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
    for token in tokens:
        if token.start >= start:
            return token if token.start < end else None
    return None
