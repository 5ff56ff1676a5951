"""Advising: a text becomes an answer for LINE, in time whatever the model does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from service.adapters.clock import now_ms
from service.adapters.days import today
from service.adapters.line.cases import Case
from service.consultation import Answer
from service.guard.reply import Reply, admit_template
from service.intake.message import Message, make_message
from service.observing import Occasion
from service.worker.tools import Tools

_ANSWERED_BY = 8_000  # milliseconds after receipt; LINE gets the answer before ten seconds have passed
_SHORTEST = 300  # less time than this is not worth asking the model


@dataclass(frozen=True, slots=True)
class Advised:
    """A judged case: the message it stands for, and the reply."""

    case: Case
    message: Message
    reply: Reply


async def advise_case(tools: Tools, case: Case, *, owner: str, received: int) -> Advised:
    """Judge a case and word the answer. Raises InputError for a text that cannot be judged."""
    message = make_message(case.text, as_of=today(), platform=case.platform, stage=case.stage, register=case.register)
    answer = await tools.consultant.judge(message)
    return Advised(case, message, await _word(tools, answer, owner=owner, received=received))


async def _word(tools: Tools, answer: Answer, *, owner: str, received: int) -> Reply:
    left = received + _ANSWERED_BY - now_ms()
    if left < _SHORTEST:
        return admit_template(answer, reason="late")
    try:
        async with asyncio.timeout(left / 1000):
            return await tools.consultant.word(answer, user=owner)
    except TimeoutError:
        return admit_template(answer, reason="late")


async def observe(tools: Tools, advised: Advised, *, owner: str, received: int, rated_wrong: bool = False) -> None:
    """Tell the observer of an answer that was given."""
    occasion = Occasion(
        id=advised.case.key,
        at=now_ms() / 1000,
        channel="line",
        seconds=max(0, now_ms() - received) / 1000,
        owner=owner,
    )
    await tools.consultant.observe(advised.message, advised.reply, occasion, rated_wrong=rated_wrong)
