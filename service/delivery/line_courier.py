"""The courier: brings an answer to LINE once, by the reply token while it lives, by a push when it is gone."""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_before_delay, wait_exponential_jitter

from service.adapters.clock import now_ms
from service.adapters.engine.scribe import Scribe
from service.adapters.line.inbox import Inbox, Waiting
from service.delivery.line_client import Json, Outcome

_OPEN = ("unknown", "busy")  # outcomes after which another try may help
_SETTLED = ("delivered", "duplicate", "withdrawn")
_TOKEN_LIFE = 55_000  # milliseconds from receipt; LINE promises a minute
_PUSH_LIFE = 7_200.0  # seconds that a push is tried for; its key holds for a day
_LEAVE_LIFE = 30.0
_KEYS = uuid.UUID("6f0e6a3e-2a52-5f0f-9a3c-0c6c9c6f4b1d")
_LOG = logging.getLogger("kotowari.line")


class Sender(Protocol):
    """Whoever speaks to LINE: each call once, its outcome as a word."""

    async def reply(self, token: str, messages: list[Json]) -> Outcome: ...

    async def push(self, to: str, messages: list[Json], *, retry_key: str) -> Outcome: ...

    async def leave(self, kind: str, chat: str) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class _Way:
    """A reply token, the name it is written down by, and the time until which it lives."""

    name: str
    token: str
    until: int


class Courier:
    """Writes down each try before it is made: after a crash it is known what may already have arrived."""

    def __init__(self, inbox: Inbox, client: Sender, scribe: Scribe) -> None:
        self._inbox, self._client, self._scribe = inbox, client, scribe

    async def deliver(self, event: Waiting, messages: list[Json], *, plain: list[Json], noted: bool = False) -> bool:
        """Bring the messages; `plain` goes in their place where LINE refuses them. False where nothing can be done.

        `noted`: the first way was written down together with the messages.
        """
        for number, way in enumerate(_list_ways(event)):
            unsure = event.tried == way.name
            outcome = await self._reply(event, way, messages, _Doubt(unsure, unsure or (noted and not number)))
            if outcome == "refused":
                return await self._client.reply(way.token, plain) == "delivered"
            if outcome in _SETTLED:
                return True
        again = await self._scribe.do(self._inbox.find, event.event)
        if again and again.fresh != event.fresh:  # redelivered meanwhile
            return await self.deliver(again, messages, plain=plain)
        return await self._push(event, str((event.says or {}).get("chat") or ""), messages, plain)

    async def leave(self, kind: str, chat: str) -> None:
        """Leave a group or a room, whatever its members say meanwhile."""

        async def attempt() -> Outcome:
            return await self._client.leave(kind, chat)

        await _repeat(attempt, seconds=_LEAVE_LIFE)

    def _asker(self, event: Waiting) -> Callable[[], Awaitable[bool]]:
        """Return how to ask whether an event still waits for its answer: it may be taken back between two tries."""

        async def still() -> bool:
            return await self._scribe.do(self._inbox.find, event.event) is not None

        return still

    async def _reply(self, event: Waiting, way: _Way, messages: list[Json], doubt: _Doubt) -> Outcome:
        """Reply until the outcome is known or the token is gone."""
        left = max(0.0, (way.until - now_ms()) / 1000)
        if doubt.unsure and not left:
            return "unknown"  # the minute is over: the token would tell nothing any more

        async def attempt() -> Outcome:
            if not doubt.written:
                await self._scribe.do(self._inbox.mark, event.event, way.name)
            return doubt.judge(await self._client.reply(way.token, messages))

        outcome = await _repeat(attempt, seconds=left, still=self._asker(event))
        if outcome in ("busy", "bad_token"):  # certainly not arrived
            await self._scribe.do(self._inbox.mark, event.event, "")
        return outcome

    async def _push(self, event: Waiting, to: str, messages: list[Json], plain: list[Json]) -> bool:
        key = str(uuid.uuid5(_KEYS, event.event))
        if event.tried != "push":
            await self._scribe.do(self._inbox.mark, event.event, "push")

        async def attempt() -> Outcome:
            return await self._client.push(to, messages, retry_key=key)

        outcome = await _repeat(attempt, seconds=_PUSH_LIFE, still=self._asker(event))
        if outcome == "refused":
            outcome = await self._client.push(to, plain, retry_key=str(uuid.uuid5(_KEYS, f"plain:{event.event}")))
        if outcome == "quota":
            _LOG.error("line.push.quota")
            await self._scribe.do(self._inbox.mark, event.event, "")  # certainly not arrived
        return outcome in _SETTLED


class _Doubt:
    """Whether an earlier try may have arrived (then a token that is used up means that it has), and is written down."""

    def __init__(self, unsure: bool, written: bool) -> None:
        self.unsure, self.written = unsure, written

    def judge(self, outcome: Outcome) -> Outcome:
        """Return what an outcome means after the ones before it."""
        self.written = True
        if outcome == "bad_token" and self.unsure:
            return "delivered"
        if outcome == "busy" and self.unsure:
            return "unknown"
        self.unsure = self.unsure or outcome == "unknown"
        return outcome


def name_first_way(event: Waiting) -> str:
    """Return the way that an answer takes first, to be written down together with it."""
    ways = _list_ways(event)
    return ways[0].name if ways else ""


def _list_ways(event: Waiting) -> list[_Way]:
    """The token of a redelivery goes first; the same token, redelivered, lives longer."""
    token = str((event.says or {}).get("token") or "")
    if event.tried == "push":
        return []
    if not event.fresh or event.fresh == token:
        since = max(event.received, event.fresh_at)
        return [_Way("first", token, since + _TOKEN_LIFE)] if token else []
    fresh = _Way("fresh", event.fresh, event.fresh_at + _TOKEN_LIFE)
    if event.tried == "first":
        return [_Way("first", token, event.received + _TOKEN_LIFE), fresh]
    return [fresh]


async def _always() -> bool:
    return True


async def _repeat(
    attempt: Callable[[], Awaitable[Outcome]], *, seconds: float, still: Callable[[], Awaitable[bool]] = _always
) -> Outcome:
    """Try until the outcome is settled or the time is over; return the last outcome."""
    first = await attempt()
    if first not in _OPEN or seconds <= 0:
        return first
    await asyncio.sleep(random.uniform(0.2, 0.5))

    async def again() -> Outcome:
        return await attempt() if await still() else "withdrawn"

    def last(state: RetryCallState) -> Outcome:
        outcome: Outcome = state.outcome.result() if state.outcome else "unknown"
        return outcome

    retrying = AsyncRetrying(
        retry=retry_if_result(lambda outcome: outcome in _OPEN),
        wait=wait_exponential_jitter(multiplier=0.25, max=15, jitter=0.25),
        stop=stop_before_delay(seconds),
        retry_error_callback=last,
    )
    outcome: Outcome = await retrying(again)
    return outcome
