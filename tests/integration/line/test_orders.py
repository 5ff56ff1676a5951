"""Buttons and words: they act on the answer they belong to, and are remembered."""

from __future__ import annotations

import pytest

from tests.fakes.line_events import user_id
from tests.integration.line.conftest import ASK, Chat, buttons, words
from tests.unit.rendering.line.conftest import walk

DEPENDS = "契約のことは置いておいて、Chatworkでやり取りしましょう。IDを教えてください。"


def test_the_stage_button_settles_the_answer(chat: Chat, user: str) -> None:
    answer = chat.ask(DEPENDS, user)
    assert "状況次第" in words(answer)
    assert "規約違反" in words(chat.tap("契約前です", user, answer))


def test_the_stage_in_words_settles_the_latest_answer(chat: Chat, user: str) -> None:
    chat.ask(DEPENDS, user)
    assert "規約違反" in words(chat.ask("契約前です", user))


def test_what_was_told_is_remembered_for_the_next_message(chat: Chat, user: str) -> None:
    chat.ask("ココナラの、契約後です", user)
    answer = words(chat.ask(DEPENDS, user))
    assert "ココナラ" in answer and "契約後" in answer


def test_a_button_acts_on_its_own_message(chat: Chat, user: str) -> None:
    first = chat.ask(DEPENDS, user)
    chat.ask("登録料として3,000円を先にお振り込みください。", user)
    assert "Chatwork" in words(chat.tap("契約前です", user, first))


@pytest.mark.parametrize("label", ["もっとやわらかく", "短く"])
def test_another_tone_brings_the_draft_again(chat: Chat, user: str, label: str) -> None:
    answer = chat.ask(ASK, user)
    again = chat.tap(label, user, answer)
    assert "clipboard" in words(again) and words(again) != words(answer)


def test_another_draft_is_shown(chat: Chat, user: str) -> None:
    answer = chat.ask(ASK, user)
    label = buttons(answer)[0][0]
    assert label in words(chat.tap(label, user, answer))


def test_a_draft_comes_as_a_text_where_it_cannot_be_copied(chat: Chat, user: str) -> None:
    answer = chat.ask(ASK, user)
    actions = [node["action"] for node in walk([*answer.messages]) if "action" in node]
    tap = next(action["data"] for action in actions if ":plain:" in action.get("data", ""))
    copied = next(action["clipboardText"] for action in actions if action["type"] == "clipboard")
    plain = chat.answer(user, chat.make.postback(tap, user))
    assert [message["text"] for message in plain.messages] == [copied]


def test_a_site_is_chosen_from_a_list(chat: Chat, user: str) -> None:
    choice = chat.tap("サイトを選ぶ", user, chat.ask(ASK, user))
    assert "ランサーズ" in words(chat.tap("ランサーズ", user, choice))


def test_what_has_already_happened_is_asked_and_answered(chat: Chat, user: str) -> None:
    choice = chat.tap("もう送ってしまった", user, chat.ask(ASK, user))
    assert "9110" in words(chat.tap("身分証", user, choice))


@pytest.mark.parametrize("label", ["役に立った", "違った"])
def test_a_rating_is_thanked_for(chat: Chat, user: str, label: str) -> None:
    thanks = chat.tap(label, user, chat.ask(ASK, user))
    assert "flex" not in words(thanks)


def test_a_forged_button_and_anothers_get_a_polite_answer(chat: Chat, user: str) -> None:
    answer = chat.ask(ASK, user)
    data = dict(buttons(answer))["もう送ってしまった"]
    for event in (chat.make.postback("k1:rate:useful:' OR 1=1", user), chat.make.postback(data, user_id(0xABC))):
        (polite,) = chat.send(event, answers=1)
        assert "flex" not in words(polite) and "ボタン" in words(polite)


def test_help_is_a_word(chat: Chat, user: str) -> None:
    assert "使い方" in words(chat.ask("ヘルプ", user))
