"""The stand-in of LINE refuses what LINE refuses, in LINE's units, and keeps a record of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.line_events import Events, user_id
from tests.fakes.line_limits import graphemes, utf16_units
from tests.fakes.line_server import RunningLine
from tests.unit.fakes.conftest import Call

FAMILY = "👨‍👩‍👧"  # one grapheme, eight UTF-16 units


def text(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": value, **more}


def flex(*contents: Any, alt: str = "確認の結果です", **bubble: Any) -> dict[str, Any]:
    box = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "flex", "altText": alt, "contents": {"type": "bubble", "body": box, **bubble}}


def button(action: dict[str, Any]) -> dict[str, Any]:
    return flex({"type": "button", "action": action})


def copy_button(value: str) -> dict[str, Any]:
    return button({"type": "clipboard", "label": "コピー", "clipboardText": value})


def share(uri: str) -> dict[str, Any]:
    return button({"type": "uri", "label": "送る", "uri": uri})


def quick(label: str, count: int = 1, **more: Any) -> dict[str, Any]:
    action = {"type": "message", "label": label, "text": "ヘルプ", **more}
    return text("どうぞ", quickReply={"items": [{"type": "action", "action": action}] * count})


GOOD = {
    "text of 5000": text("あ" * 5000),
    "alt text of 1500": flex({"type": "text", "text": "a"}, alt="あ" * 1500),
    "clipboard of 1000": copy_button("あ" * 1000),
    "share link of 10000": share("https://line.me/R/share?text=" + "%E3" * 3323),
    "label of 40 families": button({"type": "message", "label": FAMILY * 40, "text": "x"}),
    "quick label of 20 families": quick(FAMILY * 20),
    "13 quick replies": quick("はい", 13),
    "text styled": flex({"type": "text", "text": "a", "size": "sm", "color": "#112233", "margin": "md", "wrap": True}),
}
BAD = {
    "no text": ({"type": "text"}, "messages[0].text"),
    "empty text": (text(""), "messages[0].text"),
    "blank text": (text(" \n"), "messages[0].text"),
    "text of 5001": (text("あ" * 5001), "messages[0].text"),
    "text of 2501 emoji": (text("😀" * 2501), "messages[0].text"),
    "unknown type": ({"type": "hologram"}, "messages[0].type"),
    "mistyped property": (text("a", quickReplies={}), "messages[0]"),
    "alt text of 1501": (flex(alt="あ" * 1501), "messages[0].altText"),
    "clipboard of 1001": (copy_button("あ" * 1001), ".clipboardText"),
    "clipboard of 501 emoji": (copy_button("😀" * 501), ".clipboardText"),
    "clipboard empty": (copy_button(""), ".clipboardText"),
    "share link not encoded": (share("https://line.me/R/share?text=はい"), ".uri"),
    "share link too long": (share("https://line.me/R/share?text=" + "%E3" * 3324), ".uri"),
    "share link of another kind": (share("javascript:alert(1)"), ".uri"),
    "button without label": (button({"type": "message", "text": "x"}), ".label"),
    "label of 41": (button({"type": "message", "label": "あ" * 41, "text": "x"}), ".label"),
    "quick label of 21": (quick("あ" * 21), ".label"),
    "14 quick replies": (quick("はい", 14), "messages[0].quickReply.items"),
    "message text of 301": (quick("はい", text="あ" * 301), ".text"),
    "postback of 301": (button({"type": "postback", "label": "a", "data": "d" * 301}), ".data"),
    "bubble of 30 KB": (flex(*[{"type": "text", "text": "あ" * 2000}] * 5), "messages[0].contents"),
    "empty flex text": (flex({"type": "text", "text": ""}), ".text"),
    "named colour": (flex({"type": "text", "text": "a", "color": "red"}), ".color"),
    "wrong margin": (flex({"type": "text", "text": "a", "margin": "huge"}), ".margin"),
    "diagonal box": (flex({"type": "box", "layout": "diagonal", "contents": []}), ".layout"),
    "plain http image": (flex({"type": "image", "url": "http://example.com/a.png"}), ".url"),
    "open brace": ({"type": "textV2", "text": "{name"}, "messages[0].text"),
}


def send(call: Call, make: Events, messages: list[Any]) -> Any:
    body = {"replyToken": make.text("hi", user_id(1))["replyToken"], "messages": messages}
    return call("POST", "/v2/bot/message/reply", body)


@pytest.mark.parametrize("name", GOOD)
def test_what_line_takes_is_taken(line: RunningLine, call: Call, make: Events, name: str) -> None:
    answer = send(call, make, [GOOD[name]])
    assert (answer.status, line.ledger.violations) == (200, []), answer.body.decode()


@pytest.mark.parametrize("name", BAD)
def test_what_line_refuses_is_refused_and_recorded(line: RunningLine, call: Call, make: Events, name: str) -> None:
    message, where = BAD[name]
    answer = send(call, make, [message])
    places = [detail["property"] for detail in answer.json["details"]]
    assert answer.status == 400 and any(where in place for place in places), places
    assert [each.body["messages"] for each in line.ledger.violations] == [[message]]
    assert line.ledger.deliveries == []


@pytest.mark.parametrize("count", [0, 6])
def test_a_call_brings_one_to_five_messages(call: Call, make: Events, count: int) -> None:
    answer = send(call, make, [text("a")] * count)
    assert answer.json["details"] == [{"message": "Size must be between 1 and 5", "property": "messages"}]


def test_lines_own_sentences(call: Call, make: Events) -> None:
    assert send(call, make, [text("あ" * 5001)]).json == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "Length must be between 0 and 5000", "property": "messages[0].text"}],
    }
    answer = call("POST", "/v2/bot/chat/loading/start", {"chatId": user_id(1), "loadingSeconds": 7})
    assert answer.json["details"] == [{"message": "must be a multiple of five", "property": "loadingSeconds"}]


def test_lines_units() -> None:
    assert (utf16_units(FAMILY), graphemes(FAMILY), graphemes("が"), utf16_units("😀")) == (8, 1, 1, 2)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"{}", {"Content_Type": "text/plain"}, 415),
        (b'"' + b"a" * 2_000_001 + b'"', {}, 413),
    ],
)
def test_bodies_that_are_no_call_at_all(
    line: RunningLine, call: Call, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert call("POST", "/v2/bot/message/push", body, **headers).status == status
    assert line.ledger.violations


def test_an_address_line_does_not_have_is_recorded(line: RunningLine, call: Call) -> None:
    assert call("POST", "/v2/bot/message/replies", {}).status == 404
    assert [each.operation for each in line.ledger.violations] == ["unknown"]


def test_loading_animations_are_for_people(call: Call) -> None:
    assert call("POST", "/v2/bot/chat/loading/start", {"chatId": "C" + "0" * 32}).status == 400
    assert call("POST", "/v2/bot/chat/loading/start", {"chatId": user_id(1), "loadingSeconds": 60}).status == 202
