"""Trace what was read: every pattern that held, with its file, its id and the words that made it hold."""

from __future__ import annotations

from dataclasses import dataclass

from service.facts.extract import Reader
from service.facts.hits import find_hits
from service.facts.pattern import FactType
from service.intake.view import read_text


@dataclass(frozen=True, slots=True)
class Seen:
    """A pattern that held. `term` is the word group that anchored it; `text[start:end]` is the quote."""

    fact: FactType
    kind: str
    pattern: str
    term: str
    file: str
    line: int
    quote: str
    start: int
    end: int


def trace_facts(reader: Reader, text: str) -> tuple[Seen, ...]:
    """Return every pattern that holds in a text, in reading order; the first hit of each."""
    view, reading = read_text(text), reader.prepare(text)
    found = []
    for pattern in reader.patterns:
        for hit in find_hits(pattern, reading, 1):
            span = view.locate(hit.start, hit.end)
            found.append(
                Seen(
                    fact=pattern.fact,
                    kind=pattern.kind,
                    pattern=pattern.id,
                    term=hit.anchor.term,
                    file=pattern.file,
                    line=pattern.line,
                    quote=text[span.start : span.end],
                    start=span.start,
                    end=span.end,
                )
            )
    return tuple(sorted(found, key=lambda seen: (seen.start, seen.file, seen.line)))
