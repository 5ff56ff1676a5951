"""Reader: run every pattern over a text and collect its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import cast

from service.facts.asks import AskFinder
from service.facts.contacts import find_contacts
from service.facts.fact import Ask, Claim, Facts, Signal
from service.facts.hits import MOST_HITS, look_for
from service.facts.language import detect_language
from service.facts.lexicon import Term
from service.facts.live import LiveIndex
from service.facts.matcher import Matcher
from service.facts.pattern import Hit, Pattern, Reading
from service.intake.sentences import Sentences, find_quotes
from service.intake.view import View, read_text
from service.vocabulary import ClaimKind, Platform, Role, Stage


class Reader:
    """A compiled lexicon and its patterns; reads one text at a time, keeps nothing."""

    def __init__(self, terms: Sequence[Term], patterns: Sequence[Pattern], matcher: Matcher | None = None) -> None:
        self.matcher = matcher or Matcher(terms)  # given where the words are compiled already
        self.patterns = tuple(patterns)
        self._asks = AskFinder(terms, patterns)
        self._live = LiveIndex(self.patterns, self.matcher.within_sentence)

    def read_facts(self, text: str) -> Facts:
        """Return what a text asks for, claims and shows; every quote is an exact slice of it."""
        view = read_text(text)
        reading = self._read_view(view)
        futures = [*self._hits("future", reading)]
        asks = self._asks.find_asks(reading, futures, view, text)
        stage, stage_quote = self._read_stage(reading, view, text)
        contacts = find_contacts(view, text)
        return Facts(
            role=_settle_role(reading.role, asks, text),
            language=detect_language(view.text),
            stage=stage,
            stage_quote=stage_quote,
            platform=self._read_site(reading),
            asks=asks,
            claims=tuple(
                Claim(cast(ClaimKind, kind), quote, start, end)
                for kind, quote, start, end in self._quote_kinds("claim", reading, view, text)
            ),
            contacts=contacts,
            signals=tuple(Signal(*quoted) for quoted in self._quote_kinds("signal", reading, view, text)),
            future=bool(futures),
        )

    def prepare(self, text: str) -> Reading:
        """Return what patterns are tried on: the tokens, sentences and role of a text."""
        view = read_text(text)
        return self._read_view(view)

    def _read_view(self, view: View) -> Reading:
        sentences = Sentences(view.text)
        found = self.matcher.open_text(view.text, sentences)
        live = self._live.find_live(found)
        plain = Reading(view.text, found, sentences, "client_message", find_quotes(view.text), live)
        return replace(plain, role=self._read_role(plain)) if "role" in live else plain

    def _hits(self, fact: str, reading: Reading) -> Iterator[Hit]:
        for pattern, bits in reading.live.get(fact, ()):
            yield from islice(look_for(pattern, reading, bits), MOST_HITS)

    def _first_hits(self, fact: str, reading: Reading) -> dict[str, Hit]:
        """Return the first hit of each kind."""
        first: dict[str, Hit] = {}
        for pattern, bits in reading.live.get(fact, ()):
            if pattern.kind not in first and (hit := next(look_for(pattern, reading, bits), None)):
                first[pattern.kind] = hit
        return first

    def _read_role(self, reading: Reading) -> Role:
        kinds = self._first_hits("role", reading)
        if "worker_question" in kinds:
            return "worker_question"
        return "job_posting" if "job_posting" in kinds else "client_message"

    def _read_stage(self, reading: Reading, view: View, text: str) -> tuple[Stage, str]:
        hits = self._first_hits("stage", reading)
        if len(hits) != 1:  # nothing, or both: the text does not settle it
            return "unknown", ""
        kind, hit = next(iter(hits.items()))
        span = view.locate(hit.start, hit.end)
        return cast(Stage, kind), text[span.start : span.end]

    def _read_site(self, reading: Reading) -> Platform | None:
        kinds = [*self._first_hits("site", reading)]
        return cast(Platform, kinds[0]) if len(kinds) == 1 else None

    def _quote_kinds(self, fact: str, reading: Reading, view: View, text: str) -> Iterator[tuple[str, str, int, int]]:
        """Yield kind, quote, start and end of the first hit of each kind."""
        for kind, hit in self._first_hits(fact, reading).items():
            span = view.locate(hit.start, hit.end)
            yield kind, text[span.start : span.end], span.start, span.end


def _settle_role(role: Role, asks: Sequence[Ask], text: str) -> Role:
    """A short text that neither asks nor offers anything is small talk."""
    return "chat" if role == "client_message" and not asks and len(text) < 12 else role
