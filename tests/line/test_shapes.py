"""All of LINE's event types and shapes, old, new, unknown and broken: 200, no crash, the right action for valid ones."""

from __future__ import annotations

import copy
import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.fakes.line_events import Events, group_id, odd_shapes, ulid
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service
from tests.line.answers import QUIET, answers_to
from tests.line.conftest import new_user

# How many messages each kind of event brings its chat, by what LINE's developers would expect of a private advisor.
ANSWERS = {
    "text": 1, "image": 1, "video": 1, "audio": 1, "file": 1, "location": 1, "sticker": 1,
    "group-text": 0, "group-mention": 1, "group-nobody": 0, "messageEdited": 0,
    "unsend": 0, "follow": 1, "unfollow": 0, "join": 1, "leave": 0, "memberJoined": 0, "memberLeft": 0,
    "postback": 1, "postback-date": 1, "postback-menu": 0,
    "videoPlayComplete": 0, "beacon": 0, "accountLink": 0, "membership": 0,
    "activated": 0, "deactivated": 0, "botSuspended": 0, "botResumed": 0, "module": 0, "delivery": 0,
}  # fmt: skip
POLITE_OR_NONE = {"postback", "postback-date", "postback-menu"}  # forged data gets a polite answer or none
FIXTURES = sorted(SHARED.glob("line-fixtures/*.json"))
FIXTURES = [path for path in FIXTURES if path.name != "SOURCES.json"]


def test_every_kind_of_event_gets_what_it_needs(service: Service, line: RunningLine, make: Events) -> None:
    """Each kind from a user and a group of its own."""
    chats: dict[str, str] = {}
    for kind in ANSWERS:
        user, group = new_user(), group_id(random.getrandbits(128))
        event = make.every_type(user, group)[kind]
        assert service.post(event).status == 200
        source = event.get("source", {})
        chats[kind] = group if source.get("type") == "group" else source.get("userId", user)
    line.ledger.wait(lambda ledger: all(ledger.to(chats[kind]) for kind, count in ANSWERS.items() if count), 12)
    line.ledger.wait(lambda _: False, QUIET)
    counts = {kind: len(line.ledger.to(chat)) for kind, chat in chats.items()}
    assert {kind for kind in POLITE_OR_NONE if counts[kind] > 1} == set()
    assert counts | dict.fromkeys(POLITE_OR_NONE, 0) == ANSWERS | dict.fromkeys(POLITE_OR_NONE, 0)


def test_a_group_is_left_after_saying_why(service: Service, line: RunningLine, make: Events, user: str) -> None:
    group = group_id(int(user[1:], 16))
    service.post(make.join(group))
    assert line.ledger.wait(lambda _: group in line.account.left, 10)
    assert len(line.ledger.to(group)) == 1


def test_odd_shapes_are_survived(service: Service, line: RunningLine, make: Events) -> None:
    """Each by itself, beside a sound event of somebody else, which is answered."""
    shapes, beside, odd = odd_shapes(make, ""), {}, {}
    for name in shapes:
        odd[name], beside[name] = new_user(), new_user()
        event = odd_shapes(make, odd[name])[name]
        assert service.post(event, make.text("LINE交換しませんか", beside[name])).status == 200, name
    line.ledger.wait(lambda ledger: all(ledger.to(user) for user in beside.values()), 30)
    assert [name for name, user in beside.items() if len(line.ledger.to(user)) != 1] == []
    assert [name for name, user in odd.items() if len(line.ledger.to(user)) > 1] == []


@pytest.mark.parametrize("path", FIXTURES or [None], ids=lambda path: path.stem if path else "absent")
def test_a_delivery_from_the_official_clients_tests(service: Service, shared: Path, path: Path) -> None:
    """Byte for byte as the file has it."""
    assert service.post(body=path.read_bytes()).status == 200
    assert service.is_running


def _rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "line-fixtures" / "INDEX.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def test_valid_deliveries_of_the_official_clients_are_answered(
    service: Service, line: RunningLine, shared: Path
) -> None:
    """Each by a user of its own and with a fresh token: every message of a 1:1 chat, and every follow, gets an answer."""
    rows = [row for row in _rows(shared) if row["strict_spec"] == "valid" and row["source"] == "user"]
    wanted = [row for row in rows if row["event"] in ("message", "follow")]
    people: dict[str, str] = {}
    for row in wanted:
        event = json.loads((shared / "line-fixtures" / row["file"]).read_text(encoding="utf-8"))["events"][0]
        if event.get("mode") == "active" and event.get("source", {}).get("userId"):
            people[row["file"]] = _refreshed(line, event)
            assert service.post(event).status == 200
    line.ledger.wait(lambda ledger: all(ledger.to(user) for user in people.values()), 30)
    unanswered = [file for file, user in people.items() if len(line.ledger.to(user)) != 1]
    assert people and unanswered == []


def _refreshed(line: RunningLine, event: dict[str, Any]) -> str:
    user, now = new_user(), int(line.account.clock() * 1000)
    event |= {"webhookEventId": ulid(now), "timestamp": now, "replyToken": line.account.issue(user)}
    event["source"]["userId"] = user
    if "message" in event:  # another file takes a message of the same number back
        event["message"]["id"] = str(random.getrandbits(60))
    return user


def test_all_kinds_in_one_batch(service: Service, line: RunningLine, make: Events, user: str) -> None:
    group = group_id(int(user[1:], 16))
    events = list(make.every_type(user, group).values())
    odd = list(copy.deepcopy(odd_shapes(make, new_user())).values())
    last = new_user()
    assert service.post(*odd, *events, make.text("LINE交換しませんか", last)).status == 200
    assert len(answers_to(line, last, quiet=0)) == 1
