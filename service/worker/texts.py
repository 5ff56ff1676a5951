"""Texts: a message becomes an answer to it, or the order it is."""

from __future__ import annotations

from dataclasses import replace

from service.adapters.clock import now_ms
from service.adapters.line.cases import Case, Memory, Standing
from service.adapters.line.inbox import Waiting
from service.dialogue.words import understand
from service.errors import EmptyText, InputError, TextTooLong
from service.intake.message import LONGEST_TEXT
from service.rendering.line.flex import Json
from service.rendering.line.reply import render_reply
from service.worker.advising import Advised, advise_case
from service.worker.bubbles import gather_bubbles, may_join, read_words
from service.worker.orders import obey_words
from service.worker.outgoing import Outgoing
from service.worker.tools import Tools

_STAGE_HOLDS = 12 * 3_600_000  # milliseconds: a stage was told of one job, the next may stand elsewhere
_SHORTEST_DRAFT = 20  # characters; less could be anybody's words


async def answer_text(tools: Tools, event: Waiting) -> Outgoing:
    """Return the answer to a message."""
    alone = (event.says or {}).get("chat_kind") == "user"
    text = read_words(event)
    if not alone:
        return await _judge(tools, [event], Memory())
    if commands := understand(text):
        return await obey_words(tools, event, commands)
    standing = await tools.scribe.do(tools.cases.recall, event.owner)
    if _is_own_draft(tools, standing, text):
        return Outgoing(tools.talk.say("own_draft"))
    group = await gather_bubbles(tools, event) if may_join(event) else [event]
    return await _judge(tools, group, standing.memory)


async def _judge(tools: Tools, group: list[Waiting], memory: Memory) -> Outgoing:
    first = group[0]
    case = Case(
        key=tools.name_case(first.event),
        text="\n".join(read_words(each) for each in group),
        joined=len(group),
        platform=memory.platform or tools.settings.platform,
        stage=memory.stage if now_ms() - memory.stage_at < _STAGE_HOLDS else None,
        register=memory.register,
    )
    parts = tuple(each.event for each in group)
    try:
        advised = await advise_case(tools, case, owner=first.owner, received=first.received)
    except InputError as error:
        return Outgoing(_tell(tools, error), parts=parts)
    if _is_small_talk(advised):
        return Outgoing(tools.talk.say("small_talk"), parts=parts)
    messages = render_reply(advised.reply, text=case.text, key=case.key, joined=case.joined)
    return Outgoing(
        messages,
        case=replace(case, drafts=tuple(tools.name_draft(draft.text) for draft in advised.reply.drafts)),
        parts=parts,
        advised=advised,
    )


def _tell(tools: Tools, error: InputError) -> list[Json]:
    if isinstance(error, TextTooLong):
        return tools.talk.say("too_long", limit=LONGEST_TEXT)
    return tools.talk.help_text() if isinstance(error, EmptyText) else tools.talk.say("unreadable")


def _is_small_talk(advised: Advised) -> bool:
    advice = advised.reply.advice
    return advice.role == "chat" and advice.verdict == "ok" and not advice.asks and not advice.findings


def _is_own_draft(tools: Tools, standing: Standing, text: str) -> bool:
    if len(text) < _SHORTEST_DRAFT:
        return False
    name = tools.name_draft(text)
    return any(name in case.drafts for case in standing.cases)
