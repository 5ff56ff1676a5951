"""A turn: one event is answered, the answer kept before it is sent, and sent once, also after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import sqlalchemy as sa

from service.adapters.clock import now_ms
from service.adapters.line.cases import Case
from service.adapters.line.inbox import Answered, Waiting
from service.adapters.metrics import LINE_EVENTS
from service.delivery.line_client import LineClient
from service.delivery.line_courier import Courier, name_first_way
from service.rendering.line.flex import Json
from service.worker.advising import observe
from service.worker.orders import obey_button
from service.worker.outgoing import Outgoing
from service.worker.texts import answer_text
from service.worker.tools import STORE_FAILURES, Tools

_LOG = logging.getLogger("kotowari.line")
_LOADING = 20  # seconds at most; it ends with the answer
_ERASING = ("unsend", "unfollow", "leave")


class Turns:
    """Takes turns. `erased` is called when something was, so that the files below the tables are cleaned too."""

    def __init__(self, tools: Tools, client: LineClient, *, erased: Callable[[], None]) -> None:
        self._tools, self._client, self._courier, self._erased = (
            tools,
            client,
            Courier(tools.inbox, client, tools.scribe),
            erased,
        )
        self._loading: set[asyncio.Task[None]] = set()

    async def take(self, name: str) -> None:
        """Take the turn of one event; nothing happens where it is done already, or was taken back."""
        event = await self._tools.scribe.do(self._tools.inbox.find, name)
        if event is None:
            return
        if event.says is None:  # sealed with a key that is gone
            _LOG.error("line.event.unreadable kind=%s", event.kind)
            await self._tools.scribe.do(self._tools.inbox.fail, event)
        elif event.kind in _ERASING:
            await self._erase(event)
        else:
            await self._answer(event)

    async def _answer(self, event: Waiting) -> None:
        tools = self._tools
        outgoing: Outgoing | None = None
        messages = event.outbox
        if messages is None:
            self._show_loading(event)
        while messages is None:
            outgoing = await self._compose(event)
            if await self._keep_all(event, outgoing):
                messages = outgoing.messages
            elif await tools.scribe.do(tools.inbox.find, event.event) is None:
                return  # taken back while it was being answered
        await self._bring(event, messages, outgoing)

    async def _bring(self, event: Waiting, messages: list[Json], outgoing: Outgoing | None) -> None:
        """Bring an answer to LINE and close its event. `outgoing`: just kept, not left over from before a crash."""
        tools, plain = self._tools, self._tools.talk.say("failed")
        arrived = await self._courier.deliver(event, messages, plain=plain, noted=outgoing is not None)
        LINE_EVENTS.labels(event.kind, "answered" if arrived else "failed").inc()
        says = event.says or {}
        if event.kind == "join" and says.get("chat_kind") in ("group", "room") and says.get("chat"):
            await self._courier.leave(str(says["chat_kind"]), str(says["chat"]))
        closed = await (
            tools.scribe.do(tools.inbox.finish, event.event) if arrived else tools.scribe.do(tools.inbox.fail, event)
        )
        if outgoing and outgoing.advised:
            await observe(tools, outgoing.advised, owner=event.owner, received=event.received)
        if closed:
            return
        again = await tools.scribe.do(tools.inbox.find, event.event)
        if again:  # redelivered at the last moment, with a fresh token
            await self._bring(again, messages, None)
        else:  # taken back while it was being sent
            await tools.aside(tools.consultant.observer.forget, id=tools.name_case(event.event))

    def _show_loading(self, event: Waiting) -> None:
        """Show at once that the message was seen; nothing waits for that."""
        says = event.says or {}
        if event.kind == "text" and says.get("chat_kind") == "user":
            task = asyncio.create_task(self._client.show_loading(str(says["chat"]), seconds=_LOADING))
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)

    async def _compose(self, event: Waiting) -> Outgoing:
        try:
            return await self._choose(event)
        except STORE_FAILURES:
            raise
        except Exception as error:  # a fault of ours: the user is told, the others go on
            _LOG.error("line.event.fault kind=%s reason=%s", event.kind, type(error).__name__)
            return Outgoing(self._tools.talk.say("failed"))

    async def _choose(self, event: Waiting) -> Outgoing:
        talk, settings = self._tools.talk, self._tools.settings
        match event.kind:
            case "text" | "word":
                return await answer_text(self._tools, event)
            case "postback":
                return await obey_button(self._tools, event)
            case "follow":
                excerpt = settings.model_context == "excerpt"
                return Outgoing(talk.greet(settings.retention_days, settings.model_ready, excerpt=excerpt))
            case "join":
                return Outgoing(talk.say("group_leave"))
        return Outgoing(talk.say(event.kind))

    async def _keep_all(self, event: Waiting, outgoing: Outgoing) -> bool:
        """Keep the answer and what it leaves behind, all or nothing; False where a part was taken back meanwhile."""
        answered = Answered(
            event.event,
            outgoing.messages,
            kind="word" if outgoing.word else event.kind,
            parts=[part for part in outgoing.parts if part != event.event],
            tried=name_first_way(event),
        )
        try:
            await self._tools.scribe.do(self._keep, event, outgoing, answered)
        except _TakenBackError:
            return False
        return True

    def _keep(self, connection: sa.Connection, event: Waiting, outgoing: Outgoing, answered: Answered) -> None:
        tools, now = self._tools, now_ms()
        if not tools.inbox.put_out(connection, answered):
            raise _TakenBackError
        if outgoing.case and not self._keep_case(connection, event, outgoing.case, now):
            raise _TakenBackError
        if outgoing.memory:
            tools.cases.learn(connection, event.owner, outgoing.memory, now=now)

    def _keep_case(self, connection: sa.Connection, event: Waiting, case: Case, now: int) -> bool:
        """A case of this event's own is new; another one is changed, unless it was taken back."""
        cases = self._tools.cases
        if case.key != self._tools.name_case(event.event):
            return cases.change(connection, case)
        cases.keep(connection, case, event=event.event, owner=event.owner, now=now)
        return True

    async def _erase(self, event: Waiting) -> None:
        tools, observer = self._tools, self._tools.consultant.observer
        if event.kind == "unsend":
            answered = await tools.aside(tools.eraser.erase_message, str((event.says or {}).get("erases")))
            for each in answered:
                await tools.aside(observer.forget, id=tools.name_case(each))
        else:
            await tools.aside(tools.eraser.erase_owner, event.owner, by=event.event)
            await tools.aside(observer.forget, owner=event.owner)
        self._erased()
        await tools.scribe.do(tools.inbox.finish, event.event)
        LINE_EVENTS.labels(event.kind, "done").inc()


class _TakenBackError(Exception):
    """A part of what is answered is gone."""
