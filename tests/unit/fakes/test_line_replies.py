"""The stand-in of LINE: reply tokens, retry keys, quota, and what goes wrong on order."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, group_id, user_id
from tests.fakes.line_faults import Fault, Kind
from tests.fakes.line_server import RunningLine
from tests.unit.fakes.conftest import Call, Clock

USER = user_id(7)
HELLO = [{"type": "text", "text": "こんにちは"}]
PUSH = {"to": USER, "messages": HELLO}


def reply(call: Call, token: str, messages: Any = HELLO, **headers: str) -> tuple[int, Any]:
    answer = call("POST", "/v2/bot/message/reply", {"replyToken": token, "messages": messages}, **headers)
    return answer.status, answer.json


def push(call: Call, key: str | None = None) -> tuple[int, Any]:
    headers = {"X_Line_Retry_Key": key} if key else {}
    answer = call("POST", "/v2/bot/message/push", PUSH, **headers)
    return answer.status, answer.json


def test_a_reply_reaches_the_chat_of_its_token(line: RunningLine, call: Call, make: Events) -> None:
    status, body = reply(call, make.text("hi", USER)["replyToken"])
    assert (status, len(body["sentMessages"])) == (200, 1)
    [delivery] = line.ledger.to(USER)
    assert (delivery.channel, delivery.messages[0]["text"]) == ("reply", "こんにちは")


def test_a_groups_reply_goes_to_the_group(line: RunningLine, call: Call, make: Events) -> None:
    reply(call, make.in_group("hi", group_id(1), USER)["replyToken"])
    assert line.ledger.per_receiver() == {group_id(1): 1}


def test_a_token_works_once(line: RunningLine, call: Call, make: Events) -> None:
    token = make.text("hi", USER)["replyToken"]
    reply(call, token)
    assert reply(call, token) == (400, {"message": "Invalid reply token"})
    assert len(line.ledger.deliveries) == 1


@pytest.mark.parametrize("token", ["", "never-issued"])
def test_a_token_nobody_issued_is_refused(call: Call, token: str) -> None:
    assert reply(call, token)[0] == 400


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (61, 400)])
def test_a_token_lives_a_minute(call: Call, make: Events, clock: Clock, seconds: int, status: int) -> None:
    token = make.text("hi", USER)["replyToken"]
    clock.now += seconds
    assert reply(call, token)[0] == status


@pytest.mark.parametrize(("minutes", "status"), [(19, 200), (21, 400)])
def test_a_redelivery_renews_the_token_for_20_minutes_at_most(
    line: RunningLine, call: Call, make: Events, clock: Clock, minutes: int, status: int
) -> None:
    token = make.text("hi", USER)["replyToken"]
    clock.now += minutes * 60
    line.account.issue(USER, token)
    assert reply(call, token)[0] == status


def test_a_refused_body_leaves_the_token_alive(call: Call, make: Events) -> None:
    token = make.text("hi", USER)["replyToken"]
    assert reply(call, token, [])[0] == 400
    assert reply(call, token)[0] == 200


def test_a_reply_takes_no_retry_key(line: RunningLine, call: Call, make: Events) -> None:
    token = make.text("hi", USER)["replyToken"]
    assert reply(call, token, X_Line_Retry_Key=str(uuid.uuid4()))[0] == 400
    assert line.ledger.violations


def test_a_push_under_the_same_key_is_accepted_once(line: RunningLine, call: Call) -> None:
    key = str(uuid.uuid4())
    first, second = push(call, key), push(call, key)
    assert (first[0], second[0]) == (200, 409)
    assert second[1] == {"message": "The retry key is already accepted", **first[1]}
    assert (len(line.ledger.deliveries), line.account.used) == (1, 1)


def test_a_key_is_forgotten_after_a_day(call: Call, clock: Clock) -> None:
    key = str(uuid.uuid4())
    push(call, key)
    clock.now += 24 * 3600
    assert push(call, key)[0] == 200


def test_a_key_must_be_a_uuid(line: RunningLine, call: Call) -> None:
    assert push(call, "again")[0] == 400
    assert line.ledger.violations and not line.ledger.deliveries


def test_pushes_end_at_the_months_limit_and_replies_do_not(line: RunningLine, call: Call, make: Events) -> None:
    line.account.quota = 1
    assert [push(call)[0], push(call)] == [200, (429, {"message": "You have reached your monthly limit."})]
    assert reply(call, make.text("hi", USER)["replyToken"])[0] == 200
    assert call("GET", "/v2/bot/message/quota").json == {"type": "limited", "value": 1}
    assert call("GET", "/v2/bot/message/quota/consumption").json == {"totalUsage": 1}


def test_a_rate_is_told_apart_from_the_quota(call: Call) -> None:
    loading = [call("POST", "/v2/bot/chat/loading/start", {"chatId": USER}) for _ in range(101)]
    assert [each.status for each in loading] == [202] * 100 + [429]
    assert loading[-1].json == {"message": "The API rate limit has been exceeded. Try again later."}


def test_a_push_to_someone_who_blocked_the_bot_is_answered_200_and_seen_by_nobody(
    line: RunningLine, call: Call
) -> None:
    line.account.people[USER].blocked = True
    assert push(call)[0] == 200
    assert line.ledger.deliveries == []


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "token"}])
def test_the_channel_token_is_asked_for(line: RunningLine, call: Call, header: dict[str, str]) -> None:
    answer = call("POST", "/v2/bot/message/push", PUSH, **{"Authorization": "", **header})
    assert answer.status == 401 and "invalid token" in answer.json["message"]
    assert line.ledger.deliveries == []


@pytest.mark.parametrize("kind", ["server_error", "rate_limit", "monthly_limit", "token_used"])
@pytest.mark.parametrize(("when", "delivered"), [("before", 0), ("after", 1)])
def test_a_fault_comes_before_or_after_the_message_was_accepted(
    line: RunningLine, call: Call, make: Events, kind: Kind, when: Any, delivered: int
) -> None:
    line.faults.script("reply", Fault(kind, when))
    status, _ = reply(call, make.text("hi", USER)["replyToken"])
    assert status == {"server_error": 500, "token_used": 400}.get(kind, 429)
    assert len(line.ledger.deliveries) == delivered


@pytest.mark.parametrize(("when", "delivered"), [("before", 0), ("after", 1)])
def test_a_connection_is_reset_before_or_after(
    line: RunningLine, call: Call, make: Events, when: Any, delivered: int
) -> None:
    line.faults.script("reply", Fault("reset", when))
    with pytest.raises(ConnectionResetError):
        reply(call, make.text("hi", USER)["replyToken"])
    assert (len(line.ledger.deliveries), line.ledger.calls[-1].status) == (delivered, 0)


@pytest.mark.parametrize(("when", "delivered"), [("before", 0), ("after", 1)])
def test_a_slow_answer_is_slow_before_or_after(
    line: RunningLine, call: Call, make: Events, when: Any, delivered: int
) -> None:
    line.faults.script("reply", Fault("wait", when, seconds=1.5))
    token = make.text("hi", USER)["replyToken"]
    with pytest.raises(TimeoutError):
        from tests.fakes.http import ask

        body = {"replyToken": token, "messages": HELLO}
        ask("POST", f"{line.url}/v2/bot/message/reply", body, _bearer(line.account), wait=0.3)
    assert len(line.ledger.deliveries) == delivered


def _bearer(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.channel_token}"}


def test_faults_by_chance_come_as_often_as_said(line: RunningLine, call: Call) -> None:
    line.account.quota = None
    line.faults.chance("push", 0.3, Fault("server_error"))
    statuses = [push(call)[0] for _ in range(200)]
    assert 40 <= statuses.count(500) <= 80
    line.faults.clear()
    assert push(call)[0] == 200


def test_a_fault_may_be_meant_for_one_chat(line: RunningLine, call: Call, make: Events) -> None:
    line.faults.script("reply", Fault("server_error"), chat=USER)
    other, own = make.text("hi", user_id(8)), make.text("hi", USER)
    assert [reply(call, each["replyToken"])[0] for each in (other, own, own)] == [200, 500, 200]
