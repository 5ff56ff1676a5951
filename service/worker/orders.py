"""Orders: what a user wants of an answer they have, by a button or in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.adapters.clock import now_ms
from service.adapters.line.cases import Case, Memory
from service.adapters.line.inbox import Waiting
from service.dialogue.words import Command
from service.drafting.draft import Draft
from service.rendering.line.flex import Json
from service.rendering.line.postback import DONE_VALUES, Postback, decode_postback
from service.rendering.line.reply import render_draft, render_plain, render_reply
from service.vocabulary import PLATFORMS, REGISTERS, STAGES
from service.worker.advising import Advised, advise_case, observe
from service.worker.outgoing import Outgoing
from service.worker.tools import Tools

_CHOICES: dict[str, tuple[str, ...]] = {"platform": PLATFORMS, "stage": STAGES, "register": REGISTERS}


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who gives the order, about which case, and what they have told before; whether it is their latest case."""

    event: Waiting
    memory: Memory
    case: Case | None
    latest: bool

    @property
    def key(self) -> str:
        """The case's key; empty where there is none."""
        return self.case.key if self.case else ""


async def obey_button(tools: Tools, event: Waiting) -> Outgoing:
    """Do what a button says, to the answer it stands under."""
    tapped = decode_postback(str((event.says or {}).get("data", "")))
    if tapped is None:
        return Outgoing(tools.talk.say("forged_button"))
    scene = await _look(tools, event, tapped.key)
    if tapped.key and scene.case is None and tapped.action not in ("help", "forget", "ask_platform", "platform"):
        return Outgoing(tools.talk.say("stale_button"))
    return await _obey(tools, scene, tapped)


async def obey_words(tools: Tools, event: Waiting, commands: Sequence[Command]) -> Outgoing:
    """Do what a user says in words, to the latest answer."""
    scene = await _look(tools, event)
    told = [command for command in commands if command.wish in _CHOICES]
    for command in told:
        if command.value not in _CHOICES[command.wish]:
            return Outgoing(tools.talk.help_text())
        scene = _learn(scene, Postback(command.wish, command.value, scene.key))
    if told:
        return replace(await _say_again(tools, scene, told[-1].wish, told[-1].value), word=True)
    command = commands[-1]
    if command.wish == "draft":
        return await _show_draft(tools, scene, command.value)
    if command.wish == "reset":
        return Outgoing(tools.talk.help_text(), memory=Memory())
    if command.wish == "quit":
        return Outgoing(tools.talk.say("small_talk"))
    value = "ask" if command.wish == "forget" else ""
    return await _obey(tools, scene, Postback(command.wish, value, scene.key))


async def _look(tools: Tools, event: Waiting, key: str = "") -> _Scene:
    """Look up the case of a key; the latest one without a key."""
    standing = await tools.scribe.do(tools.cases.recall, event.owner)
    latest = standing.latest
    if not key or (latest and latest.key == key):
        return _Scene(event, standing.memory, latest, latest=True)
    return _Scene(event, standing.memory, await tools.scribe.do(tools.cases.find, key, event.owner), latest=False)


async def _obey(tools: Tools, scene: _Scene, order: Postback) -> Outgoing:
    match order.action:
        case "stage" | "platform" | "register":
            return await _say_again(tools, _learn(scene, order), order.action, order.value)
        case "draft":
            return await _show_draft(tools, scene, order.value)
        case "plain":
            return await _show_draft(tools, scene, order.value, render=render_plain)
        case "ask_platform":
            return Outgoing(tools.talk.say("choose_platform", key=order.key))
        case "done":
            return await _answer_deed(tools, scene, order.value)
        case "rate":
            return await _rate(tools, scene, useful=order.value == "useful")
        case "forget":
            return await _forget(tools, scene, sure=order.value == "yes")
    return Outgoing(tools.talk.help_text())


def _learn(scene: _Scene, order: Postback) -> _Scene:
    """Take over what was told: for the case, and for what comes next where the case is the latest."""
    memory, case, value = scene.memory, scene.case, order.value
    if order.action == "platform":
        return replace(scene, memory=replace(memory, platform=value), case=case and replace(case, platform=value))
    if order.action == "register":
        return replace(scene, memory=replace(memory, register=value), case=case and replace(case, register=value))
    if scene.latest:
        memory = replace(memory, stage=value, stage_at=now_ms())
    return replace(scene, memory=memory, case=case and replace(case, stage=value))


async def _say_again(tools: Tools, scene: _Scene, told: str, value: str) -> Outgoing:
    """Answer the case once more with what is known now; without a case, say that it is noted."""
    if scene.case is None:
        return Outgoing(tools.talk.say(f"{told}_noted", **{told: value}), memory=scene.memory)
    advised = await _advise(tools, scene, scene.case)
    if told == "register" and advised.reply.drafts:
        messages = render_draft(advised.reply.drafts[0], advised.reply, key=scene.key)
    else:
        messages = _render(advised)
    return _keep(tools, scene, advised, messages)


async def _show_draft(
    tools: Tools, scene: _Scene, wanted: str, render: Callable[..., list[Json]] = render_draft
) -> Outgoing:
    """Show a draft by its kind, its number, or the next one."""
    if scene.case is None:
        return Outgoing(tools.talk.say("nothing_remembered"))
    advised = await _advise(tools, scene, scene.case)
    draft = _pick(advised.reply.drafts, wanted)
    if draft is None:  # the answer stands otherwise by now: better the whole of it than nothing
        return _keep(tools, scene, advised, _render(advised))
    return _keep(tools, scene, advised, render(draft, advised.reply, key=scene.key))


def _pick(drafts: tuple[Draft, ...], wanted: str) -> Draft | None:
    if wanted.isdecimal():
        return drafts[int(wanted) - 1] if 1 <= int(wanted) <= len(drafts) else None
    if wanted == "all":
        return drafts[1] if len(drafts) > 1 else None
    return next((draft for draft in drafts if draft.kind == wanted), None)


async def _answer_deed(tools: Tools, scene: _Scene, deed: str) -> Outgoing:
    """Answer as if the user had written what has happened."""
    if deed not in DONE_VALUES:
        return Outgoing(tools.talk.say("choose_done", key=scene.key))
    case = Case(
        key=tools.name_case(scene.event.event),
        text=tools.talk.done_sentences[deed],
        platform=(scene.case and scene.case.platform) or scene.memory.platform or tools.settings.platform,
        register=scene.memory.register,
    )
    advised = await _advise(tools, scene, case)
    return _keep(tools, scene, advised, _render(advised))


async def _rate(tools: Tools, scene: _Scene, *, useful: bool) -> Outgoing:
    if scene.case is None:
        return Outgoing(tools.talk.say("stale_button"))
    known = await tools.aside(tools.consultant.observer.rate, scene.key, useful=useful)
    if known and not useful:  # told once more, now with its text, masked
        advised = await _advise(tools, scene, scene.case)
        await observe(tools, advised, owner=scene.event.owner, received=scene.event.received, rated_wrong=True)
    return Outgoing(tools.talk.say("rated_useful" if useful else "rated_wrong", key=scene.key))


async def _forget(tools: Tools, scene: _Scene, *, sure: bool) -> Outgoing:
    owner, event = scene.event.owner, scene.event.event
    if not await tools.aside(tools.eraser.has_anything, owner):
        return Outgoing(tools.talk.say("nothing_remembered"))
    if not sure:
        return Outgoing(tools.talk.say("ask_forget"))
    await tools.aside(tools.eraser.erase_owner, owner, by=event)
    await tools.aside(tools.consultant.observer.forget, owner=owner)
    return Outgoing(tools.talk.say("forgotten"))


async def _advise(tools: Tools, scene: _Scene, case: Case) -> Advised:
    return await advise_case(tools, case, owner=scene.event.owner, received=scene.event.received)


def _render(advised: Advised) -> list[Json]:
    case = advised.case
    return render_reply(advised.reply, text=case.text, key=case.key, joined=case.joined)


def _keep(tools: Tools, scene: _Scene, advised: Advised, messages: list[Json]) -> Outgoing:
    names = tuple(tools.name_draft(draft.text) for draft in advised.reply.drafts)
    seen = tuple(dict.fromkeys([*advised.case.drafts, *names]))[-24:]
    return Outgoing(messages, replace(advised.case, drafts=seen), scene.memory, advised=advised)
