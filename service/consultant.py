"""Consultant: what every channel asks — judge at once by the rules, then word it if a model is there in time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import anyio.to_thread

from service.consultation import Answer, Book, consult
from service.guard.reply import Reply, TemplateWorder, Worder, admit_template
from service.intake.message import Message
from service.observation import NoObserver, Observer
from service.observing import Occasion, make_observation

_logger = logging.getLogger(__name__)
_SHORT = 400  # characters that are judged in a millisecond or two: going to a thread and back would cost as much


@dataclass(frozen=True, slots=True)
class Consultant:
    """The book, and whoever words and whoever keeps count. Shared by all channels of a process."""

    book: Book
    worder: Worder = field(default_factory=TemplateWorder)
    observer: Observer = field(default_factory=NoObserver)

    async def judge(self, message: Message) -> Answer:
        """Return the rules' answer; the work on a long text runs in a thread."""
        if len(message.text) <= _SHORT:
            return consult(message, self.book)
        return await anyio.to_thread.run_sync(consult, message, self.book)

    async def word(self, answer: Answer, *, user: str = "") -> Reply:
        """Return the reply in the model's wording where that comes in time and passes, else in the template's."""
        return await self.worder.word(answer, user=user)

    async def advise(self, message: Message, *, model: bool, user: str = "") -> Reply:
        """Judge and word in one go."""
        answer = await self.judge(message)
        return await self.word(answer, user=user) if model else admit_template(answer)

    async def observe(self, message: Message, reply: Reply, occasion: Occasion, *, rated_wrong: bool = False) -> None:
        """Tell the observer of an answer that was given; never raises. A long text is masked in a thread."""
        if len(message.text) <= _SHORT:
            self.observe_now(message, reply, occasion, rated_wrong)
            return
        await anyio.to_thread.run_sync(self.observe_now, message, reply, occasion, rated_wrong)

    def observe_now(self, message: Message, reply: Reply, occasion: Occasion, rated_wrong: bool = False) -> None:
        """Do the same in the caller's own thread."""
        try:
            self.observer.record(make_observation(message, reply, occasion, rated_wrong=rated_wrong))
        except Exception as error:  # the answer is out: what fails here is no business of the asker's
            _logger.error("observation_failed kind=%s", type(error).__name__)
