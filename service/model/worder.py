"""ModelWorder: make an answer warmer if that can be had in time, in budget and past the guard; else the template."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from dataclasses import dataclass, field
from functools import partial

from service.consultation import Answer
from service.errors import ModelUnavailable
from service.guard.admit import Refused, admit_wording
from service.guard.candidate import Rules
from service.guard.reply import Reply, admit_template
from service.model.ports import NoShells, NoTally, Shells, Tally
from service.model.till import Bought, Till, in_thread
from service.wording.excerpt import cut_excerpt
from service.wording.prompt import Prompt, Request, render
from service.wording.shell import read_shell
from service.wording.situation import Situation, read_situation
from service.wording.topics import Topics

_logger = logging.getLogger(__name__)
_GRACE = 0.2  # seconds beyond the model's deadline for what we do ourselves


@dataclass(frozen=True, slots=True)
class Manner:
    """How the model is asked: the prompt, the topics that may be named; `excerpt` sends some of the text."""

    prompt: Prompt
    topics: Topics
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One answer on its way: its situation, what is sent for it, and under which key its shell is kept."""

    answer: Answer
    situation: Situation
    request: Request
    key: str


@dataclass(slots=True)
class ModelWorder:
    """The worder where a model is configured."""

    till: Till
    manner: Manner
    rules: Rules
    shells: Shells = field(default_factory=NoShells)
    tally: Tally = field(default_factory=NoTally)
    _flying: dict[tuple[int, str], asyncio.Task[Bought]] = field(default_factory=dict)

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Return the reply; never raises, never later than the deadline and a moment."""
        if answer.advice.role == "chat" and not answer.drafts:
            return admit_template(answer, reason="small_talk")
        try:
            async with asyncio.timeout(self.till.caller.deadline + _GRACE):
                return await self._word(self.open_case(answer), user)
        except ModelUnavailable as error:
            return admit_template(answer, reason=error.reason)
        except TimeoutError:
            return admit_template(answer, reason="deadline")
        except Exception as error:
            # The kind alone: the words of an error may hold the worker's text.
            _logger.error("wording_failed kind=%s", type(error).__name__)
            return admit_template(answer, reason="fault")

    async def close(self) -> None:
        """Stop what is still under way and let go of the connections."""
        for task in self._flying.values():
            task.cancel()
        await self.till.close()

    def open_case(self, answer: Answer) -> Case:
        """Return the case of an answer: what is sent for it, and under which key its shell is kept."""
        situation = read_situation(answer, self.manner.topics)
        excerpt = cut_excerpt(answer, fence=secrets.token_hex(8)) if self.manner.excerpt else ""
        shown = cut_excerpt(answer, fence="") if self.manner.excerpt else ""  # the same for the same text
        parts = (self.manner.prompt.name, self.till.caller.model.name, situation.key, shown, self.rules.version)
        key = hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()
        return Case(answer, situation, render(self.manner.prompt, situation, excerpt=excerpt), key)

    async def _word(self, case: Case, user: str) -> Reply:
        known = await in_thread(partial(self.shells.find, case.key))
        if known is not None:
            return self._admit(case, Bought(known.to_json()))
        return self._admit(case, await self._share(case, user))

    def _admit(self, case: Case, bought: Bought) -> Reply:
        if bought.fault:
            return admit_template(case.answer, reason=bought.fault, cost=bought.cost)
        shell = read_shell(bought.text)
        try:
            return admit_wording(case.answer, shell, case.situation, rules=self.rules, cost=bought.cost)
        except Refused as refused:
            self.tally.refused(refused.check)
            return admit_template(case.answer, reason=f"guard_{refused.check}", cost=bought.cost)

    async def _share(self, case: Case, user: str) -> Bought:
        """Ask once for answers of one situation that come at the same time; the first one bears the cost."""
        if isinstance(self.shells, NoShells):
            return await self.till.buy(case.request, user=user, later=lambda _: None)
        flight = (id(asyncio.get_running_loop()), case.key)
        if (task := self._flying.get(flight)) is not None:
            shared = await asyncio.shield(task)
            return Bought(shared.text, fault=shared.fault)
        task = asyncio.create_task(self._buy_and_keep(case, user))
        self._flying[flight] = task
        task.add_done_callback(partial(self._land, flight))
        return await asyncio.shield(task)

    def _land(self, flight: tuple[int, str], task: asyncio.Task[Bought]) -> None:
        self._flying.pop(flight, None)
        if not task.cancelled():
            task.exception()  # seen by whoever waited; where nobody did any more, it is no news

    async def _buy_and_keep(self, case: Case, user: str) -> Bought:
        bought = await self.till.buy(case.request, user=user, later=partial(self._keep, case))
        await in_thread(partial(self._keep, case, bought))
        return bought

    def _keep(self, case: Case, bought: Bought) -> None:
        """Keep a shell that the guard admits, so that the next answer of this situation costs nothing."""
        shell = read_shell(bought.text) if not bought.fault else None
        try:
            admit_wording(case.answer, shell, case.situation, rules=self.rules)
        except Refused:
            return
        if shell is not None:
            self.shells.keep(case.key, shell)
