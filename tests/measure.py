"""Measure the rules over labelled messages: verdicts, asks, dangers found, false alarms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.consultation import Book, consult
from service.intake.message import make_message

AS_OF = date(2026, 11, 24)


@dataclass
class Measure:
    """Counts over a set of messages."""

    messages: int = 0
    right: int = 0
    dangers: int = 0
    dangers_found: int = 0
    harmless: int = 0
    false_alarms: int = 0
    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def accuracy(self) -> float:
        """The share of right verdicts."""
        return self.right / self.messages

    @property
    def f1(self) -> float:
        """The micro-averaged F1 of the asks."""
        return 2 * self.hits / (2 * self.hits + self.extra + self.missed)

    @property
    def danger_recall(self) -> float:
        """The share of dangerous messages judged dangerous."""
        return self.dangers_found / self.dangers

    @property
    def false_alarm_rate(self) -> float:
        """The share of harmless messages judged anything but ok."""
        return self.false_alarms / self.harmless


def measure(cases: Iterable[Mapping[str, Any]], book: Book) -> Measure:
    """Judge every message and count."""
    total = Measure()
    for case in cases:
        message = make_message(case["text"], as_of=AS_OF, platform=case["platform"], stage=case["stage"])
        advice = consult(message, book).advice
        got, want = set(advice.asks), set(case["asks"])
        total.messages += 1
        total.right += advice.verdict == case["verdict"]
        total.dangers += case["verdict"] == "danger"
        total.dangers_found += case["verdict"] == advice.verdict == "danger"
        total.harmless += case["verdict"] == "ok"
        total.false_alarms += case["verdict"] == "ok" != advice.verdict
        total.hits += len(got & want)
        total.extra += len(got - want)
        total.missed += len(want - got)
    return total
