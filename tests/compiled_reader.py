"""The compiled reader for tests: what it needs to be there, and a reader of which every answer can be held against Python's."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pytest

from service.adapters.compiled import load_library, why_pure
from service.adapters.reading_machine import build_machine
from service.facts.blueprint import Blueprint
from service.facts.classifier import Classifier
from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.machine import take_view
from service.facts.matcher import Matcher
from service.facts.pattern import Pattern
from service.intake.view import Span, View, read_text

if TYPE_CHECKING:
    import ctypes


def require_library() -> ctypes.CDLL:
    """Return the compiled library; skip without it, but fail where everything must be there."""
    library = load_library()
    if library is None:
        reason = f"no compiled reader: {why_pure()}"
        if os.environ.get("KOTOWARI_TESTS_REQUIRE") == "all" and not os.environ.get("KOTOWARI_PURE"):
            pytest.fail(reason)
        pytest.skip(reason)
    return library


class Twins:
    """A reader in both its shapes; it counts what the machine has read, and what it gave up on."""

    def __init__(
        self,
        terms: Sequence[Term],
        patterns: Sequence[Pattern],
        matcher: Matcher | None = None,
        classifier: Classifier | None = None,
    ) -> None:
        require_library()
        self.answered = self.given_up = 0
        self.told: array[int] | None = None
        self.is_compiled = False
        self.reader = Reader(terms, patterns, matcher=matcher, classifier=classifier, build=self._build)
        self.reader.warm_up()

    def find_difference(self, texts: Iterable[str]) -> str:
        """Return the first text that the two read in different ways, with what they read; nothing where there is none."""
        for text in texts:
            before = self.answered
            told, expected = self.reader.read_facts(text), self.reader.read(text)[0]
            if told != expected:
                return f"{text!r}\nthe machine: {told}\nPython:      {expected}"
            if self.answered != before + 1 or self.told is None:
                return f"{text!r}\nwas not read by the machine"
            folded, unfolded = list_places(take_view(self.told, text)[0]), list_places(read_text(text))
            if folded != unfolded:
                return f"{text!r}\nthe machine: {folded}\nPython:      {unfolded}"
        return ""

    def read(self, text: str) -> array[int] | None:
        """Read as the machine does, and count."""
        self.told = self._machine.read(text)
        self.answered += self.told is not None
        self.given_up += self.told is None
        return self.told

    def _build(self, numbers: array[int]) -> Twins | None:
        machine = build_machine(numbers)
        if machine is None:
            return None
        self._machine, self.is_compiled = machine, True
        return self


def list_places(view: View) -> tuple[str, list[Span]]:
    """Return a folded text with what each of its characters stands for."""
    return view.text, [view.locate(at, at + 1) for at in range(len(view.text))]


def draw_blueprint(reader: Reader, classifier: Classifier | None = None) -> array[int]:
    """Return the numbers that a machine for a reader is built from."""
    reader.matcher.warm_up()
    return Blueprint(reader.matcher, reader.patterns, reader.groups, reader.asks, classifier).numbers
