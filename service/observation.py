"""Observation: what is remembered of an answer for the operator, and what the operator reads of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from service.vocabulary import AskKind, Platform, Role, Stage, Verdict, Wording

Channel = Literal["line", "web", "api", "terminal"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer, counted. `id` is made anew for each answer, so that feedback finds it; `at` in Unix seconds.

    `owner` is a keyed hash of the user (empty on the web); `text` is given for unclear cases alone, already masked.
    """

    id: str
    at: float
    channel: Channel
    platform: Platform
    stage: Stage
    role: Role
    verdict: Verdict
    asks: tuple[AskKind, ...]
    rules: tuple[str, ...]
    wording: Wording
    reason: str = ""  # why the wording is the template's
    seconds: float = 0.0  # from receipt to answer
    cost: float = 0.0  # US dollars
    unclear: str = ""  # nothing_found | contradiction | rated_wrong; empty for a clear case
    text: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a span of days, `counts["verdict"]["2026-11-23", "danger"]`; the kind `answer` has the empty name."""

    counts: Mapping[str, Counter[tuple[str, str]]]
    dollars: Mapping[str, float]  # by day

    def total(self, kind: str) -> Counter[str]:
        """Return the numbers of a kind over all days, by name."""
        total: Counter[str] = Counter()
        for (_, name), number in self.counts.get(kind, Counter()).items():
            total[name] += number
        return total

    def spent_in(self, month: date) -> float:
        """Return the US dollars of a month, of the days that are here."""
        return sum(dollars for day, dollars in self.dollars.items() if day.startswith(month.isoformat()[:7]))

    def on(self, day: str, kind: str, name: str = "") -> int:
        """Return one number of one day."""
        return self.counts.get(kind, Counter())[day, name]


@dataclass(frozen=True, slots=True)
class Case:
    """An answer that a person should look at. `text` is masked, and empty where none was kept."""

    id: str
    day: str
    channel: str
    platform: str
    stage: str
    role: str
    verdict: str
    unclear: str
    text: str
    asks: tuple[str, ...]
    rules: tuple[str, ...]


class Observer(Protocol):
    """Whoever keeps observations. None of the calls may fail the answer they are about."""

    def record(self, observation: Observation) -> None: ...

    def rate(self, id: str, *, useful: bool) -> bool: ...  # False where the answer is not known

    def forget(self, *, id: str = "", owner: str = "") -> None: ...


class NoObserver:
    """The observer where nothing is kept."""

    def record(self, observation: Observation) -> None:
        """Keep nothing."""

    def rate(self, id: str, *, useful: bool) -> bool:
        """Know no answer."""
        return False

    def forget(self, *, id: str = "", owner: str = "") -> None:
        """Have nothing to forget."""
