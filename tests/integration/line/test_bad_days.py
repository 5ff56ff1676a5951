"""LINE on a bad day: nothing is lost, nothing arrives twice."""

from __future__ import annotations

import time

import pytest

from tests.fakes.line_faults import Fault
from tests.integration.line.conftest import ASK, Chat


@pytest.fixture(autouse=True)
def _good_again(chat: Chat) -> None:
    chat.line.faults.clear()


@pytest.mark.parametrize(
    "faults",
    [
        [Fault("server_error", "before")] * 3,
        [Fault("server_error", "after")],
        [Fault("reset", "before"), Fault("reset", "after")],
        [Fault("rate_limit", "before")] * 2,
        [Fault("server_error", "before"), Fault("rate_limit", "before"), Fault("server_error", "after")],
        [Fault("reset", "after"), Fault("rate_limit", "before")],
    ],
    ids=lambda faults: "-".join(f"{each.kind}_{each.when}" for each in faults),
)
def test_a_reply_that_fails_is_tried_with_the_same_token(chat: Chat, user: str, faults: list[Fault]) -> None:
    chat.line.faults.script("reply", *faults)
    answer = chat.ask(ASK, user)
    time.sleep(1)
    assert answer.channel == "reply"
    assert len(chat.line.ledger.to(user)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_line_that_hangs_is_asked_again_and_answers_once(chat: Chat, user: str, when: str) -> None:
    chat.line.faults.script("reply", Fault("wait", when, 10))  # type: ignore[arg-type]
    chat.post(chat.make.text(ASK, user))
    assert chat.line.ledger.wait(lambda ledger: bool(ledger.to(user)), 16)
    time.sleep(6)
    assert [each.channel for each in chat.line.ledger.to(user)] == ["reply"]


def test_a_token_that_is_gone_at_the_first_try_is_followed_by_one_push(chat: Chat, user: str) -> None:
    chat.line.faults.script("reply", Fault("token_used", "before"))
    chat.line.faults.script("push", Fault("server_error", "after"), Fault("reset", "after"))
    answer = chat.ask(ASK, user)
    time.sleep(2)
    assert answer.channel == "push" and answer.retry_key
    assert len(chat.line.ledger.to(user)) == 1


def test_the_months_limit_ends_a_push_and_the_next_user_is_answered(chat: Chat, user: str) -> None:
    event = chat.make.text(ASK, user)
    chat.line.account.spend(event["replyToken"])
    chat.line.faults.script("push", Fault("monthly_limit", "before"))
    chat.post(event)
    assert chat.line.ledger.wait(lambda ledger: any(call.message.startswith("You have") for call in ledger.calls))
    assert chat.ask("ヘルプ", user).channel == "reply"


def test_a_redelivered_event_that_was_never_answered_uses_its_fresh_token(chat: Chat, user: str) -> None:
    event = chat.make.text(ASK, user)
    chat.line.account.spend(event["replyToken"])
    again = event | {"deliveryContext": {"isRedelivery": True}, "replyToken": chat.line.account.issue(user)}
    (answer,) = chat.send(event, again, answers=1)
    assert (answer.channel, answer.token) == ("reply", again["replyToken"])


def test_a_failed_answer_goes_out_when_the_event_comes_again(chat: Chat, user: str) -> None:
    event = chat.make.text(ASK, user)
    chat.line.account.spend(event["replyToken"])
    chat.line.faults.script("push", Fault("monthly_limit", "before"))
    chat.post(event)
    time.sleep(2.5)
    again = event | {"deliveryContext": {"isRedelivery": True}, "replyToken": chat.line.account.issue(user)}
    (answer,) = chat.send(again, answers=1)
    assert answer.channel == "reply"
