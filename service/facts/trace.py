"""Trace what was read: every pattern that held, with its file, its id and the words that made it hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.facts.classifier_file import NAME
from service.facts.extract import Reader
from service.facts.fact import Ask
from service.facts.hits import find_hits, find_taken_back
from service.facts.pattern import FactType, Hit
from service.facts.second_look import EVIDENCE
from service.intake.view import View, read_text


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
    """Return every pattern that holds in a text and was tried, the first hit of each, and what the letters alone tell."""
    view, (facts, reading) = read_text(text), reader.read(text)
    hits = (hit for pattern in reader.list_tried(reading) for hit in find_hits(pattern, reading, 1))
    letters = (ask for ask in facts.asks if ask.evidence == EVIDENCE)
    return _in_order([*(_see(hit, view, text) for hit in hits), *map(_see_letters, letters)])


def trace_taken_back(reader: Reader, text: str) -> tuple[Seen, ...]:
    """Return what would have been an ask or a claim, did a refusal, a quotation or the like not take it back.

    One place a kind, and only kinds that were not read elsewhere in the text.
    """
    view, reading = read_text(text), reader.prepare(text)
    read = {(seen.fact, seen.kind) for seen in trace_facts(reader, text)}
    first: dict[tuple[str, str], Seen] = {}
    for pattern in reader.patterns:
        wanted = pattern.fact in ("ask", "claim") and (pattern.fact, pattern.kind) not in read | first.keys()
        if wanted and (hit := find_taken_back(pattern, reading)):
            first[pattern.fact, pattern.kind] = _see(hit, view, text)
    return _in_order(first.values())


def _see_letters(ask: Ask) -> Seen:
    return Seen("ask", ask.kind, EVIDENCE, "", f"rules/{NAME}", 1, ask.quote, ask.start, ask.end)


def _see(hit: Hit, view: View, text: str) -> Seen:
    span, pattern = view.locate(hit.start, hit.end), hit.pattern
    return Seen(
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


def _in_order(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(seen, key=lambda each: (each.start, each.file, each.line)))
