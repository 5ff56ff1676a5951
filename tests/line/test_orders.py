"""Buttons and words: they act on the answer they belong to, and are remembered."""

from __future__ import annotations

import time

import pytest

from tests.fakes.line_events import Events
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service
from tests.line.answers import postbacks, values, words
from tests.line.conftest import new_user
from tests.line.talking import Talk, is_card

ASK = "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"
DEPENDS = "契約のことは置いておいて、Chatworkでやり取りしましょう。IDを教えてください。"
GONE = "もう残っていません"


@pytest.fixture
def talk(service: Service, line: RunningLine, make: Events, user: str) -> Talk:
    """Return a user's talk with the service."""
    return Talk(service, line, make, user)


def test_the_stage_button_settles_the_answer(talk: Talk) -> None:
    answer = talk.say(DEPENDS)
    assert "状況次第" in words(answer)
    assert "規約違反" in words(talk.tap(answer, "契約前です"))


def test_the_stage_in_words_settles_the_latest_answer(talk: Talk) -> None:
    talk.say(DEPENDS)
    assert "規約違反" in words(talk.say("契約前です"))


def test_what_was_told_is_remembered_for_the_next_message(talk: Talk) -> None:
    talk.say("ココナラの、契約後です")
    answer = words(talk.say(DEPENDS))
    assert "ココナラ" in answer and "契約後" in answer


def test_a_button_acts_on_its_own_message(talk: Talk) -> None:
    first = talk.say(DEPENDS)
    talk.say("登録料として3,000円を先にお振り込みください。")
    assert "チャットワーク" in words(talk.tap(first, "契約前です")).replace("Chatwork", "チャットワーク")


def test_a_stage_told_of_an_older_message_does_not_touch_the_next(talk: Talk) -> None:
    first = talk.say(DEPENDS)
    talk.say(ASK)
    talk.tap(first, "契約後です")
    assert "契約後" not in words(talk.say(ASK)).split("契約後です")[0]


@pytest.mark.parametrize("label", ["もっとやわらかく", "短く"])
def test_another_tone_brings_the_draft_again_and_is_remembered(talk: Talk, label: str) -> None:
    answer = talk.say(ASK)
    again = talk.tap(answer, label)
    assert not is_card(again)
    assert values(again, "clipboardText") != values(answer, "clipboardText")
    assert values(talk.say(ASK), "clipboardText") == values(again, "clipboardText")


def test_another_draft_is_shown(talk: Talk) -> None:
    answer = talk.say(ASK)
    label = next(name for name, data in postbacks(answer).items() if ":draft:" in data)
    shown = talk.tap(answer, label)
    assert values(shown, "clipboardText") not in ([], values(answer, "clipboardText"))


def test_a_site_is_chosen_from_a_list(talk: Talk) -> None:
    choice = talk.tap(talk.say(ASK), "サイトを選ぶ")
    assert "ランサーズ" in words(talk.tap(choice, "ランサーズ"))


def test_what_has_already_happened_is_asked_and_answered(talk: Talk) -> None:
    choice = talk.tap(talk.say(ASK), "もう送ってしまった")
    assert "9110" in words(talk.tap(choice, "身分証"))


@pytest.mark.parametrize("label", ["役に立った", "違った"])
def test_a_rating_is_thanked_for(talk: Talk, label: str) -> None:
    assert not is_card(talk.tap(talk.say(ASK), label))


def test_a_forged_button_gets_a_polite_answer(talk: Talk) -> None:
    answer = talk.send(talk.make.postback("k1:rate:useful:' OR 1=1", talk.user))
    assert "ボタン" in words(answer) and not is_card(answer)


def test_anothers_button_leads_nowhere(talk: Talk) -> None:
    data = talk.data(talk.say(ASK), "短く")
    stranger = Talk(talk.service, talk.line, talk.make, new_user())
    assert GONE in words(stranger.send(talk.make.postback(data, stranger.user)))


def test_help_is_a_word(talk: Talk) -> None:
    assert "使い方" in words(talk.say("ヘルプ"))


def test_the_history_is_deleted_after_one_question(talk: Talk) -> None:
    answer = talk.say(ASK)
    assert "削除" in words(talk.tap(talk.say("履歴を削除"), "削除する"))
    assert GONE in words(talk.tap(answer, "短く"))


def test_the_own_draft_pasted_back_is_recognised(talk: Talk) -> None:
    (draft, *_) = values(talk.say(ASK), "clipboardText")
    assert not is_card(talk.say(draft))


def test_a_message_far_too_long_is_kindly_refused(talk: Talk) -> None:
    assert "10,000" in words(talk.say("あ" * 10_001))


def test_half_a_character_is_kindly_refused(talk: Talk) -> None:
    assert not is_card(talk.say("Zoomで\ud83d面談"))


def test_a_new_friend_is_told_what_is_kept_and_how_to_delete_it(talk: Talk) -> None:
    greeting = words(talk.send(talk.make.follow(talk.user)))
    assert "30日" in greeting and "履歴を削除" in greeting


def test_a_late_message_of_who_has_left_is_not_read(talk: Talk) -> None:
    late = talk.make.text(ASK, talk.user)
    time.sleep(0.01)  # LINE's times are milliseconds
    talk.service.post(talk.make.unfollow(talk.user))
    talk.service.post(late)
    assert "使い方" in words(talk.send(talk.make.text("ヘルプ", talk.user)))
    assert len(talk.line.ledger.to(talk.user)) == 1


def test_an_answer_that_could_not_be_sent_goes_out_when_the_event_comes_again(talk: Talk) -> None:
    event = talk.make.text(ASK, talk.user)
    talk.line.account.spend(event["replyToken"])
    talk.line.account.quota, talk.line.account.used = 0, 1
    try:
        talk.service.post(event)
        assert talk.line.ledger.wait(lambda ledger: ledger.count("push") > 0)
    finally:
        talk.line.account.quota = None
    again = event | {"deliveryContext": {"isRedelivery": True}, "replyToken": talk.line.account.issue(talk.user)}
    assert talk.send(again).channel == "reply"
