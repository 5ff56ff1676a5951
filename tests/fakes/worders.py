"""Worders for tests of what is shown: one that takes its time, and one whose words are known."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from service.consultation import Answer
from service.drafting.draft import Draft, Part
from service.guard import reply as guard
from service.guard.reply import Reply, admit_template

LEAD, TIP, BRIDGE = "落ち着いて確かめて大丈夫です。", "返事は急がなくて大丈夫です。", "お気持ちはうれしく思います。"


@dataclass(frozen=True, slots=True)
class SlowWorder:
    """A worder that waits, then gives the template: a model that did not answer."""

    seconds: float

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Return the template's reply when the time is over."""
        await asyncio.sleep(self.seconds)
        return admit_template(answer, reason="timeout")


@dataclass(frozen=True, slots=True)
class FailingWorder:
    """A worder that breaks its promise and raises, with words that must not be shown."""

    words: str

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Raise."""
        raise ValueError(self.words)


@dataclass(frozen=True, slots=True)
class PolishingWorder:
    """A worder whose lead, tip and bridge are always the same. It borrows the guard's seal: what is tested is the page."""

    seconds: float = 0.0
    asked_by: list[str] = field(default_factory=list)

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Return the reply in a model's wording when the time is over."""
        self.asked_by.append(user)
        await asyncio.sleep(self.seconds)
        drafts = tuple(_polish(draft) for draft in answer.drafts)
        return Reply(answer.advice, drafts, "model", lead=LEAD, tip=TIP, seal=guard._SEAL)


def _polish(draft: Draft) -> Draft:
    return replace(draft, wording="model", parts=(*draft.parts[:-1], Part("bridge", BRIDGE), draft.parts[-1]))
