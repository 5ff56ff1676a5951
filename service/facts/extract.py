"""Reader: run every pattern over a text and collect its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from service.facts.contacts import find_contacts
from service.facts.fact import Ask, Claim, Facts, Signal
from service.facts.hits import find_hits
from service.facts.language import detect_language
from service.facts.lexicon import Term
from service.facts.matcher import Matcher
from service.facts.pattern import Found, Hit, Pattern, Reading
from service.intake.sentences import Sentences, find_quotes
from service.intake.view import View, read_text
from service.vocabulary import AskKind, ClaimKind, Platform, Role, Stage

_FUTURE_REACH = 44  # characters between "after the contract" and what is said to happen then


class Reader:
    """A compiled lexicon and its patterns; reads one text at a time, keeps nothing."""

    def __init__(self, terms: Sequence[Term], patterns: Sequence[Pattern], matcher: Matcher | None = None) -> None:
        self.matcher = matcher or Matcher(terms)  # given where the words are compiled already
        self.patterns = tuple(patterns)
        self._severe = {term.channel for term in terms if term.severe}
        # Only the patterns whose anchor can stand in the text are tried, and of those the ones whose other terms can.
        self._by_anchor: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for name in pattern.needs[0]:
                self._by_anchor.setdefault(name, []).append(number)
        self._places = [tuple(frozenset(place) for place in pattern.needs[1:]) for pattern in patterns]

    def read_facts(self, text: str) -> Facts:
        """Return what a text asks for, claims and shows; every quote is an exact slice of it."""
        view = read_text(text)
        reading = self._read_view(view, self.matcher.open_text(view.text))
        futures = self._hits("future", reading)
        asks = tuple(_make_ask(self, hit, view, text, futures, reading) for hit in self._hits("ask", reading))
        stage, stage_quote = self._read_stage(reading, view, text)
        contacts = find_contacts(view, text)
        return Facts(
            role=_settle_role(reading.role, asks, text),
            language=detect_language(view.text),
            stage=stage,
            stage_quote=stage_quote,
            platform=self._read_site(reading),
            asks=_keep_one_a_kind(asks, self._severe),
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
        return self._read_view(view, self.matcher.open_text(view.text))

    def _read_view(self, view: View, found: Found) -> Reading:
        live = self._find_live(found)
        plain = Reading(view.text, found, Sentences(view.text), "client_message", find_quotes(view.text), live)
        return replace(plain, role=self._read_role(plain))

    def _find_live(self, found: Found) -> dict[str, list[Pattern]]:
        """Return the patterns that a text may hold, by what they are facts of."""
        may_hold, by_anchor = found.may_hold, self._by_anchor
        numbers = set[int]().union(*[by_anchor[name] for name in found if name in by_anchor])
        live: dict[str, list[Pattern]] = {}
        for number in sorted(numbers):
            for place in self._places[number]:
                if not may_hold(place):
                    break
            else:
                live.setdefault(self.patterns[number].fact, []).append(self.patterns[number])
        return live

    def _hits(self, fact: str, reading: Reading) -> list[Hit]:
        return [hit for pattern in reading.live.get(fact, ()) for hit in find_hits(pattern, reading)]

    def _read_role(self, reading: Reading) -> Role:
        kinds = {hit.pattern.kind for hit in self._hits("role", reading)}
        if "worker_question" in kinds:
            return "worker_question"
        return "job_posting" if "job_posting" in kinds else "client_message"

    def _read_stage(self, reading: Reading, view: View, text: str) -> tuple[Stage, str]:
        hits = {hit.pattern.kind: hit for hit in reversed(self._hits("stage", reading))}
        if len(hits) != 1:  # nothing, or both: the text does not settle it
            return "unknown", ""
        kind, hit = next(iter(hits.items()))
        span = view.locate(hit.start, hit.end)
        return cast(Stage, kind), text[span.start : span.end]

    def _read_site(self, reading: Reading) -> Platform | None:
        kinds = list(dict.fromkeys(hit.pattern.kind for hit in self._hits("site", reading)))
        return cast(Platform, kinds[0]) if len(kinds) == 1 else None

    def _quote_kinds(self, fact: str, reading: Reading, view: View, text: str) -> Iterator[tuple[str, str, int, int]]:
        """Yield kind, quote, start and end of the first hit of each kind."""
        seen = set()
        for hit in self._hits(fact, reading):
            if hit.pattern.kind not in seen:
                seen.add(hit.pattern.kind)
                span = view.locate(hit.start, hit.end)
                yield hit.pattern.kind, text[span.start : span.end], span.start, span.end


def _make_ask(reader: Reader, hit: Hit, view: View, text: str, futures: Sequence[Hit], reading: Reading) -> Ask:
    span = view.locate(hit.start, hit.end)
    return Ask(
        kind=cast(AskKind, hit.pattern.kind),
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        channel=reader.matcher.terms[hit.anchor.term].channel,
        evidence=hit.pattern.id,
        future=any(
            0 <= hit.anchor.start - future.end <= _FUTURE_REACH
            and reading.sentences.index(future.start) == reading.sentences.index(hit.anchor.start)
            for future in futures
        ),
    )


def _keep_one_a_kind(asks: Sequence[Ask], severe: set[str | None]) -> tuple[Ask, ...]:
    """Keep the gravest, then the first ask of each kind, in reading order."""
    best: dict[str, Ask] = {}
    for ask in asks:
        now = best.get(ask.kind)
        if now is None or _weigh(ask, severe) < _weigh(now, severe):
            best[ask.kind] = ask
    return tuple(sorted(best.values(), key=lambda ask: (ask.start, ask.kind)))


def _weigh(ask: Ask, severe: set[str | None]) -> tuple[bool, bool, int, int]:
    vague = 2 if ask.channel is None else 1 if ask.channel == "builtin" else 0
    return (ask.channel not in severe, ask.future, vague, ask.start)


def _settle_role(role: Role, asks: Sequence[Ask], text: str) -> Role:
    """A short text that neither asks nor offers anything is small talk."""
    return "chat" if role == "client_message" and not asks and len(text) < 12 else role
