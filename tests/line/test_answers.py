"""Each message of each kind gets the right answer, once, in order, however LINE delivers it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.fakes.line_events import Events, group_id, redelivered
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service
from tests.line.answers import BADGES, answers_to, joined, stays_silent, values, words
from tests.line.conftest import new_user

ZOOM = "契約前ですが、Zoomで面接をお願いします。"


def test_a_judged_message_is_answered_with_badge_copy_and_quick_replies(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    assert service.post(make.text(ZOOM, user)).status == 200
    [answer] = answers_to(line, user)
    assert answer.channel == "reply" and any(badge in words(answer) for badge in BADGES)
    assert values(answer, "clipboardText") and answer.messages[-1]["quickReply"]["items"]


def test_the_loading_animation_is_shown_at_once(service: Service, line: RunningLine, make: Events, user: str) -> None:
    service.post(make.text(ZOOM, user))
    assert line.ledger.wait(lambda ledger: ledger.count("loading") == 1, 1.0)
    answers_to(line, user, quiet=0)
    order = [call.operation for call in line.ledger.calls]
    assert order.index("loading") < order.index("reply")


def test_five_deliveries_at_once_are_one_answer(service: Service, line: RunningLine, make: Events, user: str) -> None:
    event = make.text(ZOOM, user)
    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(lambda each: service.post(each).status, [event] + [redelivered(event)] * 4))
    assert statuses == [200] * 5
    assert len(answers_to(line, user)) == 1


def test_five_deliveries_in_turn_are_one_answer(service: Service, line: RunningLine, make: Events, user: str) -> None:
    event = make.text(ZOOM, user)
    service.post(event)
    answers_to(line, user, quiet=0)
    for _ in range(4):
        line.account.issue(user, event["replyToken"])
        assert service.post(redelivered(event)).status == 200
    assert len(answers_to(line, user)) == 1


def test_the_same_event_twice_in_one_batch_is_one_answer(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    event = make.text(ZOOM, user)
    assert service.post(event, event, redelivered(event)).status == 200
    assert len(answers_to(line, user)) == 1


def test_a_batch_of_20_users_is_20_answers(service: Service, line: RunningLine, make: Events) -> None:
    users = [new_user() for _ in range(20)]
    assert service.post(*[make.text(ZOOM, user) for user in users]).status == 200
    line.ledger.wait_for(20)
    time.sleep(1)
    assert {user: len(line.ledger.to(user)) for user in users} == dict.fromkeys(users, 1)


def test_one_bad_event_does_not_cost_the_others(service: Service, line: RunningLine, make: Events) -> None:
    first, last = new_user(), new_user()
    odd: list[Any] = [None, 3, "event", [], {}, {"type": "message"}, {"type": "novelty", "source": {"type": "moon"}}]
    assert service.post(make.text(ZOOM, first), *odd, make.text(ZOOM, last)).status == 200
    assert (len(answers_to(line, first)), len(answers_to(line, last, quiet=0))) == (1, 1)


def test_ten_quick_messages_are_all_answered_in_order(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    events = [make.text(f"{number}番目です。{ZOOM}", user) for number in range(10)]
    for event in events:
        service.post(event)
    line.ledger.wait(lambda ledger: sum(map(joined, ledger.to(user))) >= 10, 20)
    tokens = [event["replyToken"] for event in events]
    used = [tokens.index(each.token) for each in line.ledger.to(user) if each.token]
    assert (sum(map(joined, line.ledger.to(user))), used) == (10, sorted(used))


def test_messages_a_while_apart_are_answered_one_by_one_in_order(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    for text in ("LINE交換しませんか", "登録料を先に払ってください", ZOOM):
        service.post(make.text(text, user))
        time.sleep(2.2)
    answers = answers_to(line, user, count=3)
    assert [joined(each) for each in answers] == [1, 1, 1]


def test_a_burst_is_joined_into_one_answer(service: Service, line: RunningLine, make: Events, user: str) -> None:
    for text in ("はじめまして。", "一度お話ししたいので", "Zoomで面接をお願いします"):
        service.post(make.text(text, user))
        time.sleep(0.15)
    [answer] = answers_to(line, user)
    assert joined(answer) == 3 and "Zoom" in words(answer)


def test_bubbles_of_different_people_are_never_joined(service: Service, line: RunningLine, make: Events) -> None:
    users = [new_user() for _ in range(5)]
    for user in users:
        service.post(make.text(ZOOM, user))
    line.ledger.wait_for(5)
    assert [joined(each) for user in users for each in line.ledger.to(user)] == [1] * 5


def test_a_redelivery_after_a_lost_reply_uses_the_fresh_token(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    """LINE delivers again, a day's hour later, what this service has never seen: the old token lives anew."""
    event = make.text(ZOOM, user)
    event["timestamp"] -= 10 * 60 * 1000
    assert service.post(redelivered(event)).status == 200
    [answer] = answers_to(line, user)
    assert answer.channel == "reply"


def test_an_event_whose_token_died_is_answered_by_push(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    event = make.text(ZOOM, user)
    line.account.spend(event["replyToken"])
    service.post(event)
    [answer] = answers_to(line, user)
    assert answer.channel == "push" and answer.retry_key


@pytest.mark.parametrize("mentions", [True, False])
def test_a_group_is_answered_only_when_the_bot_is_mentioned(
    service: Service, line: RunningLine, make: Events, user: str, mentions: bool
) -> None:
    group = group_id(int(user[1:], 16))
    service.post(make.in_group(ZOOM, group, user, mentions_bot=mentions))
    answers = answers_to(line, group, count=1 if mentions else 0)
    assert len(answers) == (1 if mentions else 0)
    assert line.ledger.to(user) == []


def test_standby_is_silent(service: Service, line: RunningLine, make: Events, user: str) -> None:
    event = make.text(ZOOM, user) | {"mode": "standby"}
    del event["replyToken"]
    assert service.post(event).status == 200
    assert stays_silent(line.ledger, user) and line.ledger.count("loading") == 0


def test_an_empty_delivery_is_answered_200(service: Service, line: RunningLine) -> None:
    assert service.post().status == 200
    assert line.ledger.calls == []
