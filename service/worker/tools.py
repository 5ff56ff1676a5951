"""Tools: what a turn works with, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread

from service.adapters.line.cases import Case, Cases, Memory
from service.adapters.line.erasure import Eraser
from service.adapters.line.inbox import Inbox
from service.adapters.vault import Vault
from service.consultant import Consultant
from service.observation import Observation
from service.rendering.line.talk import Talk
from service.settings import Settings

Json = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer: what is to be sent, and what is kept of it. `parts`: the other events it answers."""

    messages: list[Json] = field(repr=False)
    case: Case | None = None
    memory: Memory | None = None
    parts: tuple[str, ...] = ()
    observation: Observation | None = None
    word: bool = False  # the user's own words were an order to us, and are remembered as such


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that turns share."""

    settings: Settings
    consultant: Consultant
    talk: Talk
    vault: Vault
    inbox: Inbox
    cases: Cases
    eraser: Eraser
    threads: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(8))

    def name_case(self, event: str) -> str:
        """Return the key of the case that an event makes: always the same, and nobody can guess another's."""
        return self.vault.name("case", event)

    def name_draft(self, text: str) -> str:
        """Return the keyed name by which a draft is recognised when it comes back, its line breaks aside."""
        return self.vault.name("draft", "".join(text.split()))

    async def aside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what waits for the database in a thread."""
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self.threads)
