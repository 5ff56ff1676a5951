"""Bubbles: one pasted text often comes as several messages; they are waited for and read as one."""

from __future__ import annotations

import asyncio

from service.adapters.clock import now_ms
from service.adapters.line.inbox import Waiting
from service.dialogue.words import understand
from service.intake.message import LONGEST_TEXT
from service.worker.tools import Tools

_QUIET = 1_500  # milliseconds after which nothing more is expected
_LONGEST_WAIT = 4_000  # from the first bubble on: the answer must not be late
_MOST = 50


async def gather_bubbles(tools: Tools, first: Waiting) -> list[Waiting]:
    """Return the event with those that belong to it, in order, once its user has been quiet for a moment."""
    until = first.received + _QUIET
    while True:
        if (left := until - now_ms()) > 0:
            await asyncio.sleep(left / 1000)
        waiting = await tools.scribe.do(tools.inbox.list_waiting, first.owner)
        group, ended = _take_group(waiting, first)
        until = min(max(each.received for each in group) + _QUIET, group[0].received + _LONGEST_WAIT)
        if ended or now_ms() >= until:
            return group


def _take_group(waiting: list[Waiting], first: Waiting) -> tuple[list[Waiting], bool]:
    """Return the run of plain messages around the first one, and whether something else has ended it."""
    group: list[Waiting] = []
    length = 0
    for each in waiting:
        length += len(read_words(each)) + 1
        joinable = _is_joinable(each)
        if not joinable or length > LONGEST_TEXT or len(group) >= _MOST:
            if any(one.event == first.event for one in group):
                return group, True
            group, length = [], 0
        if joinable:
            group.append(each)
    return (group, False) if any(one.event == first.event for one in group) else ([first], False)


def may_join(event: Waiting) -> bool:
    """Whether an event is a message of a chat with us alone, which is joined unless it is an order."""
    return event.kind == "text" and (event.says or {}).get("chat_kind") == "user"


def _is_joinable(event: Waiting) -> bool:
    return may_join(event) and not understand(read_words(event))


def read_words(event: Waiting) -> str:
    """Return a message's text."""
    return str((event.says or {}).get("text", ""))
