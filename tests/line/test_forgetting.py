"""What a user takes back is gone from every file of the data folder; who leaves is forgotten."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fakes.line_events import Events, redelivered
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service, serving_line
from tests.line.answers import answers_to, postbacks, stays_silent, words
from tests.line.conftest import new_user
from tests.line.stored import places_of

PRIVATE = "株式会社ミナヅキ商店の白浜様から、Zoomで顔合わせをしたいと言われました"


def gone_within(text: str, folder: Path, seconds: float) -> list[str]:
    """Wait until no file holds the text; return the files that still do."""
    until = time.monotonic() + seconds
    while (places := places_of(text, folder)) and time.monotonic() < until:
        time.sleep(0.5)
    return places


def test_an_unsent_message_is_gone_within_15_seconds(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    event = make.text(PRIVATE, user)
    service.post(event)
    answers_to(line, user, quiet=0)
    service.post(make.unsend(event["message"]["id"], user))
    assert gone_within(PRIVATE, service.data, 15) == []


def test_an_unsent_messages_buttons_lead_nowhere(service: Service, line: RunningLine, make: Events, user: str) -> None:
    event = make.text(PRIVATE, user)
    service.post(event)
    [answer] = answers_to(line, user, quiet=0)
    service.post(make.unsend(event["message"]["id"], user))
    time.sleep(2)
    line.ledger.forget()
    label, data = next(iter(postbacks(answer).items()))
    service.post(make.postback(data, user))
    told = answers_to(line, user, quiet=0.5)
    assert len(told) == 1 and "ミナヅキ" not in words(told[0]), label


def test_unsent_before_the_answer_there_is_none(service: Service, line: RunningLine, make: Events, user: str) -> None:
    event = make.text(PRIVATE, user)
    service.post(event)
    service.post(make.unsend(event["message"]["id"], user))
    assert stays_silent(line.ledger, user, 4)
    assert gone_within(PRIVATE, service.data, 11) == []


@pytest.mark.parametrize("again", ["first", "redelivered"])
def test_an_unsend_that_overtakes_its_message_holds(
    service: Service, line: RunningLine, make: Events, user: str, again: str
) -> None:
    event = make.text(PRIVATE, user)
    service.post(make.unsend(event["message"]["id"], user))
    time.sleep(1)
    service.post(event if again == "first" else redelivered(event))
    assert stays_silent(line.ledger, user, 4)
    assert gone_within(PRIVATE, service.data, 11) == []


def test_a_redelivery_brings_no_unsent_message_back(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    event = make.text(PRIVATE, user)
    service.post(event)
    answers_to(line, user, quiet=0)
    service.post(make.unsend(event["message"]["id"], user))
    time.sleep(2)
    line.ledger.forget()
    line.account.issue(user, event["replyToken"])
    service.post(redelivered(event))
    assert stays_silent(line.ledger, user, 4)
    assert gone_within(PRIVATE, service.data, 11) == []


def test_one_message_of_a_burst_taken_back_leaves_the_others(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    first, second = make.text(PRIVATE, user), make.text("登録料を先に払ってくださいとも言われました", user)
    service.post(first, second)
    service.post(make.unsend(first["message"]["id"], user))
    [answer] = answers_to(line, user)
    assert "ミナヅキ" not in words(answer) and "登録料" in words(answer)


def test_who_leaves_is_forgotten(service: Service, line: RunningLine, make: Events, user: str) -> None:
    for text in (PRIVATE, "契約前です", "ココナラです"):
        service.post(make.text(text, user))
        time.sleep(2)
    service.post(make.unfollow(user))
    assert gone_within(PRIVATE, service.data, 15) == []
    assert places_of(user, service.data, piece=len(user)) == []


def test_the_words_for_deleting_delete(service: Service, line: RunningLine, make: Events, user: str) -> None:
    service.post(make.text(PRIVATE, user))
    answers_to(line, user, quiet=0)
    service.post(make.text("履歴を削除", user))
    answers_to(line, user, count=2, quiet=0)
    assert gone_within(PRIVATE, service.data, 15) == []


def test_nothing_readable_is_stored_in_the_first_place(line: RunningLine, own_folder: Path) -> None:
    """Text is encrypted at rest: right after the answer, without any unsend."""
    make = Events(line.account)
    user = new_user()
    with serving_line(line, own_folder) as service:
        service.post(make.text(PRIVATE, user))
        answers_to(line, user, quiet=0)
        places = places_of(PRIVATE, service.data) + places_of(user, service.data, piece=len(user))
    assert places == []
