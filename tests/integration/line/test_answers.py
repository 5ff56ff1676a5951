"""What a user reads in LINE: every event answered once, bubbles joined, in order."""

from __future__ import annotations

import re
import time

import pytest

from tests.fakes.line_events import group_id, redelivered, user_id
from tests.integration.line.conftest import ASK, Chat, words

COUNTED = re.compile(r"(\d+)件のメッセージを")


def test_a_message_is_answered_with_badge_copy_and_quick_replies(chat: Chat, user: str) -> None:
    answer = chat.ask(ASK, user)
    assert answer.channel == "reply"
    assert "規約違反" in words(answer) and "'type': 'clipboard'" in words(answer)
    assert answer.messages[-1]["quickReply"]["items"]


def test_a_waiting_user_sees_at_once_that_the_message_has_arrived(chat: Chat, user: str) -> None:
    before = chat.line.ledger.count("loading")
    chat.ask(ASK, user)
    assert chat.line.ledger.count("loading") == before + 1
    calls = [call.operation for call in chat.line.ledger.calls]
    assert calls[-2:] == ["loading", "reply"]


def test_bubbles_sent_together_are_answered_once_and_counted(chat: Chat, user: str) -> None:
    first, *rest = ("はじめまして。", "契約の前に、一度お話ししたいです。", "Zoomは使えますか。")
    chat.post(chat.make.text(first, user))
    answers = chat.send(*(chat.make.text(text, user) for text in rest), answers=1)
    assert len(answers) == 1
    assert "3件のメッセージをまとめて確認しました" in words(answers[0])


def test_ten_quick_messages_are_all_answered_in_order(chat: Chat, user: str) -> None:
    for number in range(10):
        chat.post(chat.make.text(f"{number}番目です。Zoomで面接をお願いします。", user))
    time.sleep(4)
    answers = chat.line.ledger.to(user)
    counted = sum(int(found[1]) if (found := COUNTED.search(words(each))) else 1 for each in answers)
    assert counted == 10


def test_a_batch_of_twenty_users_gets_twenty_answers(chat: Chat) -> None:
    users = [user_id(1000 + number) for number in range(20)]
    answers = chat.send(*(chat.make.text(ASK, each) for each in users), answers=20)
    assert sorted(each.to for each in answers) == users


@pytest.mark.parametrize("at_once", [True, False])
def test_five_deliveries_of_one_event_get_one_answer(chat: Chat, user: str, at_once: bool) -> None:
    event = chat.make.text(ASK, user)
    if at_once:
        chat.send(*[event] * 5, answers=1)
    else:
        for each in [event, event, redelivered(event)]:
            chat.post(each)
        chat.line.ledger.wait(lambda ledger: bool(ledger.to(user)))
        for _ in range(2):
            chat.post(redelivered(event))
    time.sleep(0.5)
    assert len(chat.line.ledger.to(user)) == 1


def test_a_message_far_too_long_is_kindly_refused(chat: Chat, user: str) -> None:
    assert "10,000" in words(chat.ask("あ" * 10_001, user))


def test_half_a_character_is_kindly_refused(chat: Chat, user: str) -> None:
    assert "flex" not in words(chat.ask("Zoomで\ud83d面談", user))


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "location", "sticker"])
def test_what_is_no_text_gets_kind_words(chat: Chat, user: str, kind: str) -> None:
    event = chat.make.every_type(user, group_id(1))[kind]
    (answer,) = chat.send(event, answers=1)
    assert answer.to == user and answer.messages[0]["type"] == "text"


def test_a_new_friend_is_greeted_and_told_what_is_kept(chat: Chat, user: str) -> None:
    (answer,) = chat.send(chat.make.follow(user), answers=1)
    assert "30日" in words(answer) and "履歴を削除" in words(answer)


def test_taken_into_a_group_it_says_why_it_leaves_and_leaves(chat: Chat) -> None:
    chat.send(chat.make.join(group_id(7)), answers=1)
    assert chat.line.ledger.wait(lambda ledger: ledger.count("leaveGroup") > 0)
    assert group_id(7) in chat.line.account.left


def test_in_a_group_only_a_mention_is_answered(chat: Chat, user: str) -> None:
    chat.post(chat.make.in_group(ASK, group_id(8), user))
    (answer,) = chat.send(chat.make.in_group(ASK, group_id(8), user, mentions_bot=True), answers=1)
    assert answer.to == group_id(8) and "規約違反" in words(answer)
    assert chat.line.ledger.to(user) == []


def test_nothing_is_sent_while_another_module_holds_the_conversation(chat: Chat, user: str) -> None:
    event = chat.make.text(ASK, user)
    event["mode"] = "standby"
    chat.post(event)
    time.sleep(2)
    assert chat.line.ledger.to(user) == []


def test_every_type_is_taken_and_an_unknown_one_is_logged_by_name(
    chat: Chat, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    events = list(chat.make.every_type(user, group_id(9)).values())
    assert chat.post(*events, {"type": "greatNewFeature", "timestamp": 1}, None, 3, {}).status_code == 200
    assert "line.event.unknown type=greatNewFeature" in caplog.messages
    assert "line.event.bad type=NoneType" in caplog.messages


def test_the_own_draft_pasted_back_is_recognised(chat: Chat, user: str) -> None:
    answer = chat.ask(ASK, user)
    copied = next(
        each["action"]["clipboardText"] for each in _walk(answer.messages) if "clipboardText" in each.get("action", {})
    )
    assert "flex" not in words(chat.ask(copied, user))


def _walk(value: object) -> list[dict[str, dict[str, str]]]:
    if isinstance(value, dict):
        return [value, *(found for each in value.values() for found in _walk(each))]
    return [found for each in value for found in _walk(each)] if isinstance(value, list | tuple) else []
