"""Reading LINE's events: leniently, whatever comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.channels.line.body import BadBody, read_body
from service.channels.line.events import LineEvent, read_event

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
PARTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["message", "postback", "unsend", "follow", "x"]) | JSON},
    optional={
        name: JSON for name in ("source", "message", "timestamp", "webhookEventId", "postback", "unsend", "mode")
    },
)


@given(JSON | PARTS)
def test_nothing_that_json_can_say_is_too_odd(raw: object) -> None:
    event = read_event(raw)
    assert isinstance(event, LineEvent) and isinstance(event.at, int) and 0 <= event.at < 10**13
    assert event.name.isprintable() and len(event.name) <= 40


def test_an_event_without_an_id_is_the_same_each_time_it_is_delivered() -> None:
    first = {"type": "follow", "replyToken": "r", "timestamp": 5, "deliveryContext": {"isRedelivery": False}}
    again = first | {"deliveryContext": {"isRedelivery": True}}
    assert read_event(first).id == read_event(again).id != read_event(first | {"timestamp": 6}).id


def test_the_mention_of_ourselves_is_cut_out_in_lines_units() -> None:
    seen = {"index": 2, "length": 5, "isSelf": True}
    message = {"type": "text", "text": "😀@ことわり これは？", "mention": {"mentionees": [seen, {"index": 0}]}}
    event = read_event({"type": "message", "message": message})
    assert (event.mentioned, event.text) == (True, "😀 これは？")


@pytest.mark.parametrize("token", ["0" * 32, "f" * 32])
def test_the_reply_token_of_a_connection_test_is_none(token: str) -> None:
    assert (
        read_event({"type": "message", "replyToken": token, "message": {"type": "text", "text": "Hello"}}).token == ""
    )


def test_sixty_levels_are_read_and_a_hundred_are_not() -> None:
    def nested(levels: int) -> bytes:
        return json.dumps({"events": [{"a": eval("[" * levels + "]" * levels)}]}).encode()

    assert len(read_body(nested(60))) == 1
    with pytest.raises(BadBody):
        read_body(nested(90))
