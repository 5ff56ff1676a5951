"""Slices: the groups a message is counted in — by label, by situation, and by what makes it hard."""

from __future__ import annotations

from service.evaluation.case import Case
from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.lexicon import Term
from service.facts.matcher import Token
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
    view = read_text(case.text)
    found = reader.matcher.open_text(view.text)
    names = []
    if case.verdict == "ok":
        anchors = {name for pattern in reader.patterns if pattern.fact == "ask" for name in pattern.needs[0]}
        hard = any(name in found for name in anchors)
        names.append("derived=hard negative" if hard else "derived=plainly harmless")
    disguisable = [term for term in reader.matcher.terms.values() if term.disguised]
    if any(_is_disguised(token, term, view, case.text) for term in disguisable for token in found.get(term.name, ())):
        names.append("derived=evasion")
    return names


def _is_disguised(token: Token, term: Term, view: View, text: str) -> bool:
    """Whether a word stands in the text in another spelling than any its term lists."""
    span = view.locate(token.start, token.end)
    written, listed = text[span.start : span.end], {*term.words, *term.disguised}
    if written.lower() in {word.lower() for word in listed}:
        return False
    return not term.patterns or written != view.text[token.start : token.end]
