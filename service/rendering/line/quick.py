"""Quick replies: what a worker may tap under an answer, the most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.drafting.draft import Draft
from service.guard.reply import Reply
from service.rendering.line.flex import Json
from service.rendering.line.measure import (
    LONGEST_DISPLAY,
    LONGEST_QUICK_LABEL,
    MOST_QUICK_REPLIES,
    cut_graphemes,
)
from service.rendering.line.postback import Postback, encode_postback
from service.vocabulary import Register, Stage

STAGE_LABELS: dict[Stage, str] = {"before_contract": "契約前です", "after_contract": "契約後です"}
_TONES: tuple[tuple[Register, str], ...] = (
    ("soft", "もっとやわらかく"),
    ("short", "短く"),
    ("polite", "もっと丁寧に"),
)


def tap(label: str, postback: Postback) -> Json:
    """Return a quick reply that says a postback; its label is shown as the worker's own words."""
    action = {
        "type": "postback",
        "label": cut_graphemes(label, LONGEST_QUICK_LABEL),
        "data": encode_postback(postback),
        "displayText": cut_graphemes(label, LONGEST_DISPLAY),
    }
    return {"type": "action", "action": action}


def speak(label: str, text: str) -> Json:
    """Return a quick reply that sends a text as if the worker had typed it."""
    action = {"type": "message", "label": cut_graphemes(label, LONGEST_QUICK_LABEL), "text": text}
    return {"type": "action", "action": action}


def offer_taps(reply: Reply, shown: Draft | None, *, key: str) -> list[Json]:
    """Return what may be tapped under an answer while `shown` is the draft in sight."""
    stages = _stages(reply, key)
    drafts = [tap(each.label, Postback("draft", each.kind, key)) for each in reply.drafts if each != shown]
    site = [tap("サイトを選ぶ", Postback("ask_platform", "", key))]
    tones = [tap(label, Postback("register", tone, key)) for tone, label in _TONES if shown and tone != shown.register]
    done = [tap("もう送ってしまった", Postback("done", "", key))]
    rates = [tap("役に立った", Postback("rate", "useful", key)), tap("違った", Postback("rate", "wrong", key))]
    first = [stages, drafts] if reply.advice.verdict == "depends" else [drafts, stages]
    always = len(stages) + len(drafts) + len(site) + len(done) + len(rates)
    return [*first[0], *first[1], *site, *tones[: max(0, MOST_QUICK_REPLIES - always)], *done, *rates]


def _stages(reply: Reply, key: str) -> list[Json]:
    now = reply.advice.stage
    return [tap(label, Postback("stage", stage, key)) for stage, label in STAGE_LABELS.items() if stage != now]


def with_taps(messages: Sequence[Json], taps: Iterable[Json]) -> list[Json]:
    """Return the messages with quick replies on the last one, where LINE shows them."""
    items = list(taps)[:MOST_QUICK_REPLIES]
    if not items:
        return list(messages)
    return [*messages[:-1], messages[-1] | {"quickReply": {"items": items}}]
