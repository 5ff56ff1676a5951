"""Observation: what is remembered of an answer for the operator — kinds and numbers, no text and no person."""

from __future__ import annotations

from dataclasses import dataclass
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
