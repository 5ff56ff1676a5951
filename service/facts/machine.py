"""Machine: the reader compiled to machine code. What it answers is numbers; here they become facts again."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar, cast

from service.facts.blueprint import ROLES, Legend
from service.facts.contacts import PATTERNS, Spot
from service.facts.fact import Ask, Claim, Signal
from service.facts.pattern import FactType
from service.facts.second_look import EVIDENCE
from service.intake.edits import Places
from service.intake.view import View
from service.vocabulary import AskKind, ClaimKind, Platform, Role, Stage


class Machine(Protocol):
    """A reader that was made from a blueprint."""

    def read(self, text: str) -> array[int] | None:
        """Return what a text says, in numbers; None where the machine gave up."""
        ...


UTF_32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"  # a text as the machine's numbers
_TOLD: tuple[FactType, ...] = ("stage", "site", "claim", "signal")
_CONTACTS = tuple(PATTERNS)
_Item = TypeVar("_Item")
# From the numbers of a blueprint; None where there is no compiled reader.
Build = Callable[["array[int]"], Machine | None]


class Seen(NamedTuple):
    """What patterns saw in a text. `stage` with the words that show it; `site`: the one that is named.

    `spots`: where contact details may stand in what the text was folded to; None where nobody has looked for them.
    """

    role: Role
    future: bool
    asks: tuple[Ask, ...]
    stage: tuple[Stage, str]
    site: Platform | None
    claims: tuple[Claim, ...]
    signals: tuple[Signal, ...]
    spots: tuple[Spot, ...] | None = None


def ask_machine(machine: Machine, legend: Legend, text: str) -> tuple[Seen, View] | None:
    """Return what a machine sees in a text, and how it folded it; None where it gave up."""
    numbers = machine.read(text)
    if numbers is None:
        return None
    view, at = take_view(numbers, text)
    return _Answer(numbers, at, legend, text).read(), view


def take_view(numbers: array[int], text: str) -> tuple[View, int]:
    """Return how a machine folded a text, and where the rest of its answer begins."""
    is_moved, size = numbers[:2]
    at, folded = 2, text
    if size >= 0:  # else nothing was folded
        at += size
        folded = numbers[2:at].tobytes().decode(UTF_32)
    if not is_moved:
        return View(folded), at
    end = at + 2 * len(folded)
    return View(folded, (Places(numbers[at:end]),)), end


class _Answer:
    """A machine's numbers: role, future, asks of six numbers each, then stages, sites, claims, signals and contacts of three."""

    def __init__(self, numbers: array[int], at: int, legend: Legend, text: str) -> None:
        self._numbers, self._at, self._legend, self._text = numbers, at, legend, text

    def read(self) -> Seen:
        role, future = self._take(2)
        asks = sorted(self._take_list(6, self._make_ask), key=lambda ask: (ask.start, ask.kind))
        stages, sites, claims, signals = [self._take_list(3, self._name_kind(fact)) for fact in _TOLD]
        return Seen(
            role=ROLES[role],
            future=bool(future),
            asks=tuple(asks),
            stage=cast("tuple[Stage, str]", stages[0][:2]) if len(stages) == 1 else ("unknown", ""),
            site=cast(Platform, sites[0][0]) if len(sites) == 1 else None,
            claims=tuple(Claim(cast(ClaimKind, kind), quote, start, end) for kind, quote, start, end in claims),
            signals=tuple(Signal(*signal) for signal in signals),
            spots=tuple(self._take_list(3, lambda kind, start, end: (_CONTACTS[kind], start, end))),
        )

    def _take(self, count: int) -> array[int]:
        self._at += count
        return self._numbers[self._at - count : self._at]

    def _take_list(self, width: int, make: Callable[..., _Item]) -> list[_Item]:
        (count,) = self._take(1)
        return [make(*self._take(width)) for _ in range(count)]

    def _make_ask(self, kind: int, start: int, end: int, channel: int, pattern: int, future: int) -> Ask:
        return Ask(
            cast(AskKind, self._legend.kinds["ask"][kind]),
            *self._quote(start, end),
            channel=self._legend.channels[channel] if channel >= 0 else None,
            evidence=self._legend.evidence[pattern] if pattern >= 0 else EVIDENCE,
            future=bool(future),
        )

    def _name_kind(self, fact: FactType) -> Callable[[int, int, int], tuple[str, str, int, int]]:
        return lambda kind, start, end: (self._legend.kinds[fact][kind], *self._quote(start, end))

    def _quote(self, start: int, end: int) -> tuple[str, int, int]:
        return self._text[start:end], start, end
