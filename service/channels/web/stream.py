"""The answer as a stream of events: the rules' at once, the model's wording if it comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from service.channels.web.consulting import Consulted, Counter
from service.channels.web.turn import Turn
from service.guard.reply import admit_template
from service.vocabulary import BADGES

_AT_ONCE = 0.15  # seconds: a wording that is there by then needs no waiting sign

_WORDED = ("lead", "drafts", "tip")

Draw = Callable[..., str]  # a template's name and its values become HTML


async def stream_answer(
    counter: Counter, consulted: Consulted, draw: Draw, *, turn: Turn, visitor: str
) -> AsyncIterator[str]:
    """Yield `answer`, then `waiting` and `wording` where a model words it, then `done`.

    `visitor` is whom the model's cost counts for; the store and the model know it as a keyed hash alone.
    """
    reply = admit_template(consulted.answer)
    yield _event("answer", html=draw("chat/answer.html", view=consulted.show(reply)), **_describe(consulted, turn))
    wording = asyncio.ensure_future(counter.consultant.word(consulted.answer, user=visitor))
    try:
        done, _ = await asyncio.wait([wording], timeout=_AT_ONCE)
        if not done:
            yield _event("waiting")
        reply = await wording
        if reply.wording == "model":
            view = consulted.show(reply)
            yield _event("wording", **{name: draw(f"chat/{name}.html", view=view) for name in _WORDED})
    finally:
        wording.cancel()
        if not turn.tone_only:  # the same answer in another tone is no other answer
            await asyncio.shield(counter.observe(consulted, reply))
    yield _event("done")


def _describe(consulted: Consulted, turn: Turn) -> dict[str, str]:
    """Return what the page remembers of the talk."""
    advice, situation = consulted.answer.advice, turn.situation
    sign, word = BADGES[advice.verdict]
    return {
        "verdict": advice.verdict, "sign": sign, "word": word, "summary": advice.summary, "about": consulted.message.text,
        "platform": situation.platform or "", "stage": situation.stage or "", "register": situation.register, "said": turn.said,
    }  # fmt: skip


def _event(name: str, **data: str) -> str:
    """Return an event; its data is one line of JSON."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
