"""Under an answer stands what a worker may want next, and only under its last message."""

from __future__ import annotations

import pytest

from service.rendering.line.postback import decode_postback
from service.rendering.line.reply import render_draft, render_reply
from tests.unit.rendering.line.conftest import ZOOM, Ask, Json


def _taps(messages: list[Json]) -> list[tuple[str, str]]:
    items = messages[-1]["quickReply"]["items"]
    decoded = [decode_postback(item["action"]["data"]) for item in items]
    return [(each.action, each.value) for each in decoded if each and each.key == "key1"]


def test_only_the_last_message_carries_quick_replies(ask: Ask) -> None:
    messages = render_reply(ask(), text=ZOOM, key="key1")
    assert ["quickReply" in message for message in messages] == [False, True]


def test_other_drafts_stage_site_tones_deeds_and_rating_can_be_tapped(ask: Ask) -> None:
    reply = ask()
    assert _taps(render_reply(reply, text=ZOOM, key="key1")) == [
        *(("draft", draft.kind) for draft in reply.drafts[1:]),
        ("stage", "after_contract"),
        ("ask_platform", ""),
        ("register", "soft"),
        ("register", "short"),
        ("done", ""),
        ("rate", "useful"),
        ("rate", "wrong"),
    ]


def test_where_the_stage_decides_it_is_asked_first(ask: Ask) -> None:
    text = "今後のやり取りはLINEで行いますので、友だち追加をお願いします。"
    taps = _taps(render_reply(ask(text), text=text, key="key1"))
    assert taps[:2] == [("stage", "before_contract"), ("stage", "after_contract")]


def test_the_draft_in_sight_and_its_tone_are_not_offered_again(ask: Ask) -> None:
    reply = ask(register="short")
    taps = _taps(render_draft(reply.drafts[1], reply, key="key1"))
    assert ("draft", reply.drafts[0].kind) in taps and ("draft", reply.drafts[1].kind) not in taps
    assert ("register", "short") not in taps and ("register", "polite") in taps


def test_without_a_draft_the_card_carries_them(ask: Ask) -> None:
    text = "納品ありがとうございました。修正はありません。"
    messages = render_reply(ask(text), text=text, key="key1")
    assert len(messages) == 1 and not any(action in ("draft", "register") for action, _ in _taps(messages))


@pytest.mark.parametrize("key", ("", "a:b", "あ", "x" * 65))
def test_a_key_that_would_not_come_back_is_refused_at_once(ask: Ask, key: str) -> None:
    if key:
        with pytest.raises(ValueError, match="key"):
            render_reply(ask(), text=ZOOM, key=key)
    else:
        assert render_reply(ask(), text=ZOOM, key=key)
