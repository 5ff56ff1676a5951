"""Tools: what every turn works with."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from service.adapters.engine.scribe import Scribe
from service.adapters.line.cases import Cases
from service.adapters.line.erasure import Eraser
from service.adapters.line.inbox import Inbox
from service.adapters.vault import Vault
from service.consultant import Consultant
from service.rendering.line.talk import Talk
from service.settings import Settings

# The store is away for a while: a turn comes again.
STORE_FAILURES = (SQLAlchemyError, TimeoutError, queue.Full)
P = ParamSpec("P")
T = TypeVar("T")


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
    scribe: Scribe
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(8, "line-aside"))

    def name_case(self, event: str) -> str:
        """Return the key of the case that an event makes: always the same, and nobody can guess another's."""
        return self.vault.name("case", event)

    def name_draft(self, text: str) -> str:
        """Return the keyed name by which a draft is recognised when it comes back, its line breaks aside."""
        return self.vault.name("draft", "".join(text.split()))

    async def aside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what waits for the database in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, partial(work, *args, **kwargs))
