"""Outgoing: what comes out of a turn, to be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.adapters.line.cases import Case, Memory
from service.rendering.line.flex import Json
from service.worker.advising import Advised


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer: what is to be sent, and what is kept of it. `parts`: the other events it answers."""

    messages: list[Json] = field(repr=False)
    case: Case | None = None
    memory: Memory | None = None
    parts: tuple[str, ...] = ()
    advised: Advised | None = None  # counted once it has arrived
    word: bool = False  # the user's own words were an order to us, and are remembered as such
