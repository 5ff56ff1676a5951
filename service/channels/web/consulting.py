"""Consulting on the page: a turn of the talk becomes a judged message, worded, observed and ready to be shown."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Literal

from service.adapters.days import now, today
from service.channels.web.turn import Turn
from service.consultant import Consultant
from service.consultation import Answer
from service.guard.reply import Reply, admit_template
from service.intake.message import Message, make_message
from service.observing import Occasion
from service.rendering.web.answer import AnswerView, view_answer
from service.vocabulary import Platform

Sent = Literal["nothing", "slots", "excerpt"]  # what a model gets to see


@dataclass(frozen=True, slots=True)
class Consulted:
    """A judged message. `id` is new for every answer: its reader's opinion is kept under it."""

    message: Message
    answer: Answer
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    started: float = field(default_factory=time.monotonic)

    @property
    def is_small_talk(self) -> bool:
        """Whether there was nothing to judge: a greeting, thanks."""
        return self.answer.advice.role == "chat" and not self.answer.advice.findings

    def show(self, reply: Reply) -> AnswerView:
        """Return what the page shows."""
        return view_answer(reply, self.message, id=self.id)

    def show_rules(self) -> AnswerView:
        """Return what the page shows by the rules alone."""
        return self.show(admit_template(self.answer))


@dataclass(frozen=True, slots=True)
class Counter:
    """Whoever answers on the page: the consultant, and the site assumed where nobody names one."""

    consultant: Consultant
    platform: Platform | None = None

    async def consult(self, turn: Turn) -> Consulted:
        """Judge the turn's message by today's rules; raise InputError where it cannot be judged."""
        started = time.monotonic()
        message = make_message(
            turn.text,
            as_of=today(),
            platform=turn.situation.platform or self.platform,
            stage=turn.situation.stage,
            register=turn.situation.register,
        )
        return Consulted(message, await self.consultant.judge(message), started=started)

    async def observe(self, consulted: Consulted, reply: Reply) -> None:
        """Count the answer that was given."""
        seconds = time.monotonic() - consulted.started
        await self.consultant.observe(consulted.message, reply, Occasion(consulted.id, now(), "web", seconds))

    async def observe_wrong(self, turn: Turn, id: str) -> None:
        """Tell once more of an answer that its reader called wrong, now with the masked text."""
        consulted = await self.consult(turn)
        occasion = Occasion(id, now(), "web")
        reply = admit_template(consulted.answer)
        await self.consultant.observe(consulted.message, reply, occasion, rated_wrong=True)
