"""Reader: run every pattern over a text and collect its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import cast

from service.facts.asks import AskFinder
from service.facts.blueprint import Blueprint, Legend
from service.facts.classifier import Classifier
from service.facts.contacts import find_contacts
from service.facts.fact import Ask, Claim, Facts, Signal
from service.facts.hits import MOST_HITS, look_for
from service.facts.language import detect_language
from service.facts.lexicon import Term
from service.facts.live import Live, LiveIndex
from service.facts.machine import Build, Machine, Seen, ask_machine
from service.facts.matcher import Matcher
from service.facts.pattern import Hit, Look, Pattern, Reading
from service.facts.second_look import SecondLook
from service.intake.sentences import Sentences, find_quotes
from service.intake.view import View, read_text
from service.vocabulary import ClaimKind, Platform, Role, Stage


class Reader:
    """A compiled lexicon and its patterns; reads one text at a time, keeps nothing.

    Where a machine can be built (decision 0012), it reads every text but the first: a single one is read sooner without.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        patterns: Sequence[Pattern],
        matcher: Matcher | None = None,
        classifier: Classifier | None = None,
        build: Build | None = None,
    ) -> None:
        self.matcher = matcher or Matcher(terms)  # given where the words are compiled already
        self.patterns = tuple(patterns)
        self._classifier = classifier
        self.second = SecondLook(classifier, self.matcher.terms) if classifier else None
        self.asks = AskFinder(terms, patterns, self.second)
        self.groups = [self.second.find_group(pattern) if self.second else None for pattern in self.patterns]
        self._live = LiveIndex(self.patterns, self.matcher.within_sentence, self.groups)
        self.build = build
        self._machine: tuple[Machine, Legend] | None = None
        self._has_read = self._is_warm = False

    def warm_up(self) -> None:
        """Do now what would make the second text wait."""
        self.matcher.warm_up()
        if self.build and not self._is_warm:
            self._is_warm = True  # one that refused is not asked again
            blueprint = Blueprint(self.matcher, self.patterns, self.groups, self.asks, self._classifier)
            if machine := self.build(blueprint.numbers):
                self._machine = machine, blueprint.legend  # at once: others may be reading

    def read_facts(self, text: str) -> Facts:
        """Return what a text asks for, claims and shows; every quote is an exact slice of it."""
        if self._has_read and self.build:
            self.warm_up()
        self._has_read = True
        if self._machine and (told := ask_machine(*self._machine, text)):
            return _gather(*told, text)
        return self.read(text)[0]

    def read(self, text: str) -> tuple[Facts, Reading]:
        """Return the facts of a text, and what they were read from."""
        view = read_text(text)
        reading, live = self._read_view(view)
        futures = [*_list_hits("future", reading, live)]
        seen = Seen(
            role=reading.role,
            future=bool(futures),
            asks=self.asks.find_asks(reading, live, futures, view, text),
            stage=_read_stage(reading, live, view, text),
            site=_read_site(reading, live),
            claims=tuple(
                Claim(cast(ClaimKind, kind), quote, start, end)
                for kind, quote, start, end in _quote_kinds("claim", reading, live, view, text)
            ),
            signals=tuple(Signal(*quoted) for quoted in _quote_kinds("signal", reading, live, view, text)),
        )
        return _gather(seen, view, text), reading

    def prepare(self, text: str) -> Reading:
        """Return what patterns are tried on: the tokens, sentences and role of a text."""
        return self._read_view(read_text(text))[0]

    def list_tried(self, reading: Reading) -> Iterator[Pattern]:
        """Yield the patterns that the classifier lets be tried on a text."""
        for pattern, group in zip(self.patterns, self.groups, strict=True):
            if group not in reading.look.shut:
                yield pattern

    def _read_view(self, view: View) -> tuple[Reading, Live]:
        sentences = Sentences(view.text)
        found = self.matcher.open_text(view.text, sentences)
        look = self.second.look(view.text, found.veiled) if self.second else Look()
        live = Live(self._live, found, look.shut)
        plain = Reading(view.text, found, sentences, "client_message", find_quotes(view.text), look)
        return replace(plain, role=_read_role(plain, live)), live


def _gather(seen: Seen, view: View, text: str) -> Facts:
    """Return what the patterns saw with what needs none of them."""
    stage, stage_quote = seen.stage
    return Facts(
        role=_settle_role(seen.role, seen.asks, text),
        language=detect_language(view.text),
        stage=stage,
        stage_quote=stage_quote,
        platform=seen.site,
        asks=seen.asks,
        claims=seen.claims,
        contacts=find_contacts(view, text, seen.spots),
        signals=seen.signals,
        future=seen.future,
    )


def _list_hits(fact: str, reading: Reading, live: Live) -> Iterator[Hit]:
    for _, patterns in live.list_kinds(fact):
        for pattern, bits in patterns:
            yield from islice(look_for(pattern, reading, bits), MOST_HITS)


def _first_hits(fact: str, reading: Reading, live: Live) -> Iterator[tuple[str, Hit]]:
    """Yield each kind with its first hit."""
    for kind, patterns in live.list_kinds(fact):
        for pattern, bits in patterns:
            if hit := next(look_for(pattern, reading, bits), None):
                yield kind, hit
                break


def _read_role(reading: Reading, live: Live) -> Role:
    kinds = {kind for kind, _ in _first_hits("role", reading, live)}
    if "worker_question" in kinds:
        return "worker_question"
    return "job_posting" if "job_posting" in kinds else "client_message"


def _read_stage(reading: Reading, live: Live, view: View, text: str) -> tuple[Stage, str]:
    hits = [*_first_hits("stage", reading, live)]
    if len(hits) != 1:  # nothing, or both: the text does not settle it
        return "unknown", ""
    kind, hit = hits[0]
    span = view.locate(hit.start, hit.end)
    return cast(Stage, kind), text[span.start : span.end]


def _read_site(reading: Reading, live: Live) -> Platform | None:
    kinds = [kind for kind, _ in _first_hits("site", reading, live)]
    return cast(Platform, kinds[0]) if len(kinds) == 1 else None


def _quote_kinds(fact: str, reading: Reading, live: Live, view: View, text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield kind, quote, start and end of the first hit of each kind."""
    for kind, hit in _first_hits(fact, reading, live):
        span = view.locate(hit.start, hit.end)
        yield kind, text[span.start : span.end], span.start, span.end


def _settle_role(role: Role, asks: Sequence[Ask], text: str) -> Role:
    """A short text that neither asks nor offers anything is small talk."""
    return "chat" if role == "client_message" and not asks and len(text) < 12 else role
