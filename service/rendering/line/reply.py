"""An answer as LINE's messages: the card first, then the draft with its taps."""

from __future__ import annotations

from service.drafting.draft import Draft
from service.guard.reply import Reply
from service.rendering.line.card import draw_card
from service.rendering.line.draft_card import draw_draft, draw_plain
from service.rendering.line.flex import Json, flex_message
from service.rendering.line.quick import offer_taps, with_taps
from service.vocabulary import BADGES


def render_reply(reply: Reply, *, text: str, key: str, joined: int = 1) -> list[Json]:
    """Return an answer's messages. `key` names the judged message in every button; `joined` counts its bubbles."""
    card = flex_message(_describe(reply, joined), draw_card(reply, text=text, key=key, joined=joined))
    best = reply.drafts[0] if reply.drafts else None
    drafts = draw_draft(best, recommended=True, key=key) if best else []
    return with_taps([card, *drafts], offer_taps(reply, best, key=key))


def render_draft(draft: Draft, reply: Reply, *, key: str) -> list[Json]:
    """Return another draft's messages, with the answer's other taps."""
    recommended = bool(reply.drafts) and draft == reply.drafts[0]
    return with_taps(draw_draft(draft, recommended=recommended, key=key), offer_taps(reply, draft, key=key))


def render_plain(draft: Draft, reply: Reply, *, key: str) -> list[Json]:
    """Return a draft as plain texts, which can be copied on a computer, with the answer's other taps."""
    return with_taps(draw_plain(draft), offer_taps(reply, draft, key=key))


def _describe(reply: Reply, joined: int) -> str:
    """Say the verdict in a sentence that gives nothing away on a locked screen."""
    count = f"{joined}件のメッセージをまとめて確認しました。" if joined > 1 else ""
    rest = "理由と返信文をご覧ください。" if reply.drafts else "くわしくは、開いてご覧ください。"
    return f"{count}判定は「{BADGES[reply.advice.verdict][1]}」です。{rest}"
