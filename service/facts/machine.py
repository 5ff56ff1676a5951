"""Machine: the reader compiled to machine code. What it answers is numbers; here they become facts again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar, cast

from service.facts.blueprint import ROLES, Legend
from service.facts.fact import Ask, Claim, Signal
from service.facts.literals import make_small
from service.facts.pattern import FactType
from service.facts.second_look import EVIDENCE
from service.intake.view import View
from service.vocabulary import AskKind, ClaimKind, Platform, Role, Stage


class Machine(Protocol):
    """A reader that was made from a blueprint."""

    def read(self, text: str, small: str) -> Sequence[int] | None:
        """Return what a folded text says, in numbers; None where the machine gave up. `small`: in small letters."""
        ...


_TOLD: tuple[FactType, ...] = ("stage", "site", "claim", "signal")
_Item = TypeVar("_Item")
# From the numbers of a blueprint; None where there is no compiled reader.
Build = Callable[["array[int]"], Machine | None]


class Seen(NamedTuple):
    """What patterns saw in a text. `stage` with the words that show it; `site`: the one that is named."""

    role: Role
    future: bool
    asks: tuple[Ask, ...]
    stage: tuple[Stage, str]
    site: Platform | None
    claims: tuple[Claim, ...]
    signals: tuple[Signal, ...]


def ask_machine(machine: Machine, legend: Legend, view: View, text: str) -> Seen | None:
    """Return what a machine sees in a text; None where it gave up."""
    numbers = machine.read(view.text, make_small(view.text))
    return _Answer(numbers, legend, view, text).read() if numbers is not None else None


class _Answer:
    """A machine's numbers: role, future, asks of six numbers each, then stages, sites, claims and signals of three."""

    def __init__(self, numbers: Sequence[int], legend: Legend, view: View, text: str) -> None:
        self._numbers, self._at, self._legend, self._view, self._text = numbers, 0, legend, view, text

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
        )

    def _take(self, count: int) -> Sequence[int]:
        self._at += count
        return self._numbers[self._at - count : self._at]

    def _take_list(self, width: int, make: Callable[..., _Item]) -> list[_Item]:
        (count,) = self._take(1)
        return [make(*self._take(width)) for _ in range(count)]

    def _make_ask(self, kind: int, first: int, last: int, channel: int, pattern: int, future: int) -> Ask:
        return Ask(
            cast(AskKind, self._legend.kinds["ask"][kind]),
            *self._quote(first, last),
            channel=self._legend.channels[channel] if channel >= 0 else None,
            evidence=self._legend.evidence[pattern] if pattern >= 0 else EVIDENCE,
            future=bool(future),
        )

    def _name_kind(self, fact: FactType) -> Callable[[int, int, int], tuple[str, str, int, int]]:
        return lambda kind, first, last: (self._legend.kinds[fact][kind], *self._quote(first, last))

    def _quote(self, first: int, last: int) -> tuple[str, int, int]:
        span = self._view.locate(first, last)
        return self._text[span.start : span.end], span.start, span.end
