"""LINE's own SDK, which drops what it does not know, gives every bubble back whole."""

from __future__ import annotations

from typing import Any

import pytest
from linebot.v3.messaging import FlexContainer

from service.rendering.line.reply import render_draft, render_reply
from tests.unit.rendering.line.conftest import ZOOM, Ask

SCAM = "免許証の写真を送ってください。登録料3,000円を先に振り込み、AnyDeskを入れてください。本日中にお願いします。"
FRIEND = "今後のやり取りはLINEで行いますので、友だち追加をお願いします。"


def _given(value: Any) -> Any:
    """Leave out what the SDK adds by itself."""
    if isinstance(value, dict):
        return {key: _given(each) for key, each in value.items() if each is not None}
    return [_given(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("text", (ZOOM, SCAM, FRIEND))
def test_every_property_is_one_that_line_knows(ask: Ask, text: str) -> None:
    reply = ask(text)
    messages = [*render_reply(reply, text=text, key="key1"), *render_draft(reply.drafts[-1], reply, key="key1")]
    for bubble in (message["contents"] for message in messages):
        assert _given(FlexContainer.from_dict(bubble).to_dict()) == bubble
