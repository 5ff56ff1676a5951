"""The draft: one tap copies it, one tap sends it; whatever its length, nothing of it is lost."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.drafting.draft import Draft, Part
from service.rendering.line.draft_card import draw_draft, split_draft
from service.rendering.line.measure import count_units
from service.rendering.line.postback import Postback, decode_postback
from service.rendering.line.reply import render_draft, render_plain, render_reply
from tests.unit.rendering.line.conftest import ZOOM, Ask, Json, read_words, walk


def _draft(text: str) -> Draft:
    return Draft("decline", "丁寧にお断りする", "polite", (Part("core", text),))


def _actions(messages: list[Json], kind: str) -> list[Json]:
    return [node for node in walk(messages) if node.get("type") == kind and "label" in node]


def test_the_recommended_draft_is_copied_and_sent_with_one_tap(ask: Ask) -> None:
    reply = ask()
    second = render_reply(reply, text=ZOOM, key="key1")[1]
    (copy,), (send,) = _actions([second], "clipboard"), _actions([second], "uri")
    assert (copy["label"], copy["clipboardText"]) == ("コピー", reply.drafts[0].text)
    assert send["label"] == "送る"
    assert parse_qs(urlsplit(send["uri"]).query)["text"] == [reply.drafts[0].text]


def test_another_draft_has_the_same_two_taps(ask: Ask) -> None:
    reply = ask()
    messages = render_draft(reply.drafts[1], reply, key="key1")
    assert _actions(messages, "clipboard")[0]["clipboardText"] == reply.drafts[1].text
    assert "おすすめの返信" not in read_words(messages) and reply.drafts[1].label in read_words(messages)


def test_where_a_tap_cannot_copy_the_draft_comes_as_a_text(ask: Ask) -> None:
    """On a computer LINE has no clipboard action, and what stands in a bubble cannot be selected."""
    reply = ask()
    (offered,) = [node for node in walk(render_reply(reply, text=ZOOM, key="key1")[1]["contents"]) if "data" in node]
    assert decode_postback(offered["data"]) == Postback("plain", reply.drafts[0].kind, "key1")
    assert [message["text"] for message in render_plain(reply.drafts[0], reply, key="key1")] == [reply.drafts[0].text]


SENTENCE = "恐れ入りますが、契約の前の通話は控えております。\n"


@pytest.mark.parametrize(("length", "bubbles"), ((990, 1), (1800, 2), (3600, 4)))
def test_a_long_draft_is_copied_in_numbered_parts(length: int, bubbles: int) -> None:
    messages = draw_draft(_draft((SENTENCE * 200)[:length]), recommended=True, key="key1")
    copies = _actions(messages, "clipboard")
    assert len(messages) == len(copies) == bubbles
    assert bubbles == 1 or copies[1]["label"] == f"コピー（2/{bubbles}）"
    assert all(copy["clipboardText"].endswith("。") for copy in copies[:-1])  # cut between sentences


def test_a_very_long_draft_comes_as_plain_texts() -> None:
    messages = draw_draft(_draft(SENTENCE * 300), recommended=True, key="key1")
    assert [message["type"] for message in messages] == ["text", "text"]


def test_where_an_address_would_grow_too_long_copying_stays() -> None:
    messages = draw_draft(_draft("👍" * 499), recommended=True, key="key1")
    assert len(_actions(messages, "clipboard")) == 1
    assert len(_actions(draw_draft(_draft("漢" * 1000), recommended=True, key="key1"), "uri")) == 1


@given(st.text(st.sampled_from("あ。、\n .x👍🏽"), min_size=1, max_size=3000), st.integers(10, 1000))
def test_splitting_loses_nothing_but_blanks(text: str, most: int) -> None:
    parts = split_draft(text, most)
    assert all(0 < count_units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_words_of_the_model_are_said_to_be_so(ask: Ask) -> None:
    draft = Draft("decline", "丁寧にお断りする", "polite", (Part("core", "お断りします。"),), wording="model")
    assert "AI" in read_words(draw_draft(draft, recommended=True, key="key1"))
    assert "AI" not in read_words(draw_draft(_draft("お断りします。"), recommended=True, key="key1"))
