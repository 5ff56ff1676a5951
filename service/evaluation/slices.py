"""Slices: the groups a message is counted in — by label, by situation, and by what makes it hard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from service.evaluation.case import Case
from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.lexicon import MASKS, Term
from service.facts.token import Token
from service.intake.view import View, read_text

_LONG = 400  # characters


def name_slices(case: Case, facts: Facts, reader: Reader) -> tuple[str, ...]:
    """Return the slices of a case. What starts with `derived` was found by the program, the rest was labelled."""
    names = [
        *case.groups,
        f"platform={case.platform or 'not told'}",
        f"stage={case.stage or 'not told'}",
        f"role={facts.role}",
        f"language={facts.language}",
    ]
    if case.platform not in (None, "crowdworks"):
        names.append("derived=other platform")
    if len(case.text) >= _LONG:
        names.append("derived=long")
    if len(case.asks) > 1:
        names.append("derived=several asks")
    return (*names, *_name_difficulty(case, reader))


def _name_difficulty(case: Case, reader: Reader) -> list[str]:
    words, view = _list_words(reader), read_text(case.text)
    veiled = view.text != case.text or any(sign in case.text for sign in words.signs)
    if case.verdict != "ok" and not veiled:
        return []
    found = reader.prepare(case.text).found
    names = []
    if case.verdict == "ok":
        is_hard = any(found.get(name) for name in words.anchors if name in found.told)
        names.append("derived=hard negative" if is_hard else "derived=plainly harmless")
    if veiled:
        written = ((token, term) for term in words.disguisable for token in found.get(term.name, ()))
        if any(_is_disguised(token, term, view, case.text) for token, term in written):
            names.append("derived=evasion")
    return names


@dataclass(frozen=True, slots=True)
class _Words:
    """What a reader's words tell of difficulty: what begins a request, what may be disguised, and by which signs."""

    anchors: tuple[str, ...]  # those of many plain words first: they are the soonest found
    disguisable: tuple[Term, ...]
    signs: tuple[str, ...]


@lru_cache(maxsize=2)
def _list_words(reader: Reader) -> _Words:
    terms = tuple(term for term in reader.matcher.terms.values() if term.disguised)
    listed = {word for term in terms for word in term.disguised}
    hiragana = {_to_hiragana(word) for word in listed} - listed
    anchors = {name for pattern in reader.patterns if pattern.fact == "ask" for name in pattern.needs[0]}
    plainest = sorted(anchors, key=lambda name: (-len(reader.matcher.terms[name].words), name))
    return _Words(tuple(plainest), terms, (*MASKS, *sorted(hiragana)))


def _to_hiragana(word: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in word)


def _is_disguised(token: Token, term: Term, view: View, text: str) -> bool:
    """Whether a word stands in the text in another spelling than any its term lists."""
    span = view.locate(token.start, token.end)
    written, listed = text[span.start : span.end], {*term.words, *term.disguised}
    if written.lower() in {word.lower() for word in listed}:
        return False
    return not term.patterns or written != view.text[token.start : token.end]
