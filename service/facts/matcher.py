"""Matcher: every word of the lexicon, found in one text. re2 and Aho-Corasick alone: time never explodes.

Plain words are found in one pass (spotter.py), which also tells which expressions can occur at all, and in which
sentences; only those are searched for. A sieve that missed a word would read as "nothing found": the tests hold it
against trying every expression on any text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from functools import cached_property
from typing import Any

import re2

from service.facts.disguise import BareSieve
from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.spotted import Index, Spotted, cut_windows
from service.facts.spotter import Spotter
from service.facts.token import Token, choose_tokens, longest_first, order_by_place
from service.intake.sentences import Sentences
from service.intake.view import ByteMap

_LONGEST_OPENING = 72  # characters an anchored term may look ahead


class Matcher:
    """A compiled lexicon."""

    def __init__(self, terms: Sequence[Term]) -> None:
        if not hasattr(re2, "Filter"):  # pyre2 claims the same name
            raise ImportError("the module re2 must come from google-re2")
        self.terms = {term.name: term for term in terms}
        sought = [term for term in terms if not term.anchored]
        self.anchored = frozenset(term.name for term in terms if term.anchored)
        self.expressions = [
            Expression(term, source)
            for term in terms
            for source in (term.expressions() if term.anchored else term.pattern_expressions())
        ]
        self._spotter = Spotter((term for term in sought if not term.disguised), self.expressions)
        veiled = [term for term in sought if term.disguised]
        self.veiled = [Expression(term, term.expressions()[0]) for term in veiled]
        self.bare = BareSieve(veiled)
        self._hidden = ""
        self.nearby = frozenset(term.name for term in sought if term.overlapping)
        self.within_sentence = {term.name for term in sought if not term.patterns and not term.disguised}
        self.covered_by: dict[str, list[str]] = {}
        for term in terms:
            for name in term.covers:
                self.covered_by.setdefault(name, []).append(term.name)

    def warm_up(self) -> None:
        """Do now what would make the second text wait."""
        self._spotter.build_sieve()

    @property
    def index(self) -> Index:
        """What the strings of a text tell; they tell enough from the second text on, or once it is warmed up."""
        return self._spotter.index

    def find_tokens(self, text: str) -> dict[str, list[Token]]:
        """Return the tokens of each term, in reading order."""
        found = self.open_text(text, Sentences(text))
        return {name: tokens for name in found if (tokens := found[name])}

    def open_text(self, text: str, sentences: Sentences) -> FoundTokens:
        """Return a text's tokens by term, each term searched for when it is first asked for."""
        mapped = ByteMap(text)
        veiled: dict[str, list[Token]] = {}
        for number in self.bare.find(text):  # their place is not told by a string: looked at once
            expression = self.veiled[number]
            if tokens := expression.find_all(mapped, text):
                name = expression.term.name
                veiled[name] = tokens
        return FoundTokens(self, mapped, text, sentences, veiled)

    def spot(self, text: str, sentences: Sentences, veiled: Iterable[str]) -> Spotted:
        """Return what may stand in a text, besides what is known to."""
        spotted = self._spotter.spot(text, sentences)
        spotted.told.update(veiled)
        if self._hidden:
            spotted.hide(self._hidden)
        return spotted

    def without(self, name: str) -> Matcher:
        """Return the same words without one term; what is compiled is shared."""
        other = copy(self)
        other._hidden = name
        return other


class FoundTokens(Mapping[str, list[Token]]):
    """The tokens of one text by term. Most terms are never asked about: they guard requests that are not there."""

    def __init__(
        self,
        matcher: Matcher,
        mapped: ByteMap,
        text: str,
        sentences: Sentences,
        veiled: Mapping[str, list[Token]],
    ) -> None:
        self.nearby = matcher.nearby  # the terms looked for only beside what they belong to, not in the whole text
        self._matcher, self._mapped, self._text, self._sentences, self.veiled = matcher, mapped, text, sentences, veiled
        self._raw: dict[str, list[Token]] = {}
        self._kept: dict[str, list[Token]] = {}
        self._opened: dict[tuple[str, int], bool] = {}
        self._after: dict[tuple[str, int, int], Token | None] = {}
        self._between: dict[tuple[str, int, int], list[Token]] = {}

    @cached_property
    def _spotted(self) -> Spotted:
        return self._matcher.spot(self._text, self._sentences, self.veiled)

    @cached_property
    def told(self) -> Set[str]:
        """The terms that may occur; worked out when first asked for."""
        return self._spotted.told

    def __getitem__(self, name: str) -> list[Token]:
        if name not in self.told:
            raise KeyError(name)
        return self._find(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the tokens of a term, or the default where it does not occur."""
        kept = self._kept.get(name)
        if kept is None:
            if name not in self.told:
                return default
            kept = self._find(name)
        return kept or default

    def __contains__(self, name: object) -> bool:
        return name in self.told and bool(self._find(str(name)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.told - self._matcher.anchored)

    def __len__(self) -> int:
        return len(self.told - self._matcher.anchored)

    def mark(self, name: str) -> int:
        """Return the sentences in which a term's matches can end, as bits."""
        bits = self._spotted.mark(name)
        veiled = self.veiled.get(name)
        return bits | self._sentences.mark(token.end for token in veiled) if veiled else bits

    def opens(self, name: str, position: int) -> bool:
        """Whether an anchored term begins right at a position."""
        known = self._opened.get((name, position))
        if known is None:
            ahead = self._text[position : position + _LONGEST_OPENING].encode("utf-8")
            numbers = self._spotted.list_numbers_at(name, position)
            known = any(self._matcher.expressions[number].opens(ahead) for number in numbers)
            self._opened[name, position] = known
        return known

    def may_hold(self, names: Iterable[str]) -> bool:
        """Whether any of the terms can occur at all; nothing is searched for."""
        return not self.told.isdisjoint(names)

    def first_after(self, name: str, start: int, end: int) -> Token | None:
        """Return the first token of a term between two positions; the words around are enough to find it."""
        if name not in self.told:
            return None
        key = (name, start, end)
        if key not in self._after:
            self._after[key] = self._search_between(name, start, end)
        return self._after[key]

    def find_between(self, name: str, start: int, end: int) -> list[Token]:
        """Return a term's tokens between two positions, looked for only there."""
        key = (name, start, end)
        tokens = self._between.get(key)
        if tokens is None:
            tokens = self._between[key] = self._search_all(name, (start, min(end, len(self._text))))
        return tokens

    def _search_between(self, name: str, start: int, end: int) -> Token | None:
        offsets, place = self._mapped.offsets, self._mapped.find_position
        end = min(end, len(self._text))
        low, encoded = offsets[start], self._mapped.encoded[offsets[start] : offsets[end]]
        places = self._spotted.list_words(name)
        spans = [(first, last) for first, last in places if start <= first and last <= end]
        for number, starts, _ in self._spotted.list_candidates(name):
            begun = None
            if starts is not None:
                begun = [offsets[at] - low for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]]
                if not begun:
                    continue
            first, last = self._matcher.expressions[number].find_first(encoded, begun)
            if last > first >= 0:
                spans.append((place(low + first), place(low + last)))
        return Token(name, *min(spans, key=longest_first)) if spans else None

    def _find(self, name: str) -> list[Token]:
        """Return a term's tokens but those that are only part of a longer word with another meaning."""
        kept = self._kept.get(name)
        if kept is None:
            kept = self._search(name)
            for covering in self._matcher.covered_by.get(name, ()) if kept else ():
                for cover in self._search(covering):
                    kept = [t for t in kept if not (cover.start <= t.start and t.end <= cover.end)]
            self._kept[name] = kept
        return kept

    def _search(self, name: str) -> list[Token]:
        raw = self._raw.get(name)
        if raw is None:
            raw = self._raw[name] = self._search_all(name) if name in self.told else []
        return raw

    def _search_all(self, name: str, part: tuple[int, int] | None = None) -> list[Token]:
        """Return what a term's words and expressions find, in a part of the text or in all of it."""
        text, tokens = self._text, list(self.veiled.get(name, ()))
        if places := self._spotted.list_words(name):
            tokens += choose_tokens(self._matcher.terms[name], places, text)
        if part:
            tokens = [token for token in tokens if part[0] <= token.start and token.end <= part[1]]
        whole = part or (0, len(text))
        for number, starts, windows in self._spotted.list_candidates(name):
            expression = self._matcher.expressions[number]
            if starts is not None:
                tokens += expression.find_at(self._mapped, text, starts, whole)
            else:
                tokens += expression.find_all(self._mapped, text, cut_windows(windows, *whole))
        tokens.sort(key=order_by_place)
        return tokens
