"""kill -9 with events in flight: every acknowledged event is answered after the restart, none twice as LINE counts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, redelivered
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine, running
from tests.fakes.service_process import Service
from tests.line.answers import answers_to, joined
from tests.line.conftest import new_user
from tests.line.crashing import ZOOM, crash


@pytest.fixture
def own_line() -> Iterator[RunningLine]:
    """Return a stand-in for a service that will die."""
    with running(Account(quota=None)) as line:
        yield line


@pytest.mark.parametrize("answered", [0, 30])
def test_every_acknowledged_event_is_answered_once(own_line: RunningLine, own_folder: Path, answered: int) -> None:
    """Killed before the first answer, and in the midst of sending."""
    told = crash(own_line, own_folder, 60, answered)
    assert (told.acknowledged, told.lost, told.doubled) == (60, 0, 0), told
    assert own_line.ledger.violations == []


def test_a_reply_line_took_while_the_process_died_is_not_sent_again(own_line: RunningLine, own_folder: Path) -> None:
    """LINE accepts and dawdles; the process is dead before it hears."""
    service, make, users = Service(own_line, own_folder), Events(own_line.account), [new_user() for _ in range(10)]
    service.start()
    own_line.faults.script("reply", *[Fault("wait", "after", 20)] * 10)
    service.post(*[make.text(ZOOM, user) for user in users])
    own_line.ledger.wait_for(10)
    service.kill()
    service.start()
    time.sleep(6)
    service.stop()
    assert own_line.ledger.per_receiver() == dict.fromkeys(users, 1)


def test_a_burst_keeps_its_order_across_a_crash_and_a_redelivery_is_known(
    own_line: RunningLine, own_folder: Path
) -> None:
    service, make, user = Service(own_line, own_folder), Events(own_line.account), new_user()
    service.start()
    events = [make.text(f"{number}番目です。{ZOOM}", user) for number in range(6)]
    for event in events:
        service.post(event)
    service.kill()
    service.start()
    for event in events:
        own_line.account.issue(user, event["replyToken"])
        assert service.post(redelivered(event)).status == 200
    own_line.ledger.wait(lambda ledger: sum(map(joined, ledger.to(user))) >= 6, 20)
    answers = answers_to(own_line, user)
    service.stop()
    tokens = [event["replyToken"] for event in events]
    used = [tokens.index(each.token) for each in answers if each.token]
    assert (sum(map(joined, answers)), used) == (6, sorted(used))


def test_killed_again_and_again_while_recovering(own_line: RunningLine, own_folder: Path) -> None:
    service, make, users = Service(own_line, own_folder), Events(own_line.account), [new_user() for _ in range(20)]
    service.start()
    service.post(*[make.text(ZOOM, user) for user in users])
    for _ in range(3):
        service.kill()
        service.start()
    own_line.ledger.wait_for(20, 30)
    time.sleep(3)
    service.stop()
    assert own_line.ledger.per_receiver() == dict.fromkeys(users, 1)


def test_told_to_stop_it_stops_soon_and_goes_on_later(own_line: RunningLine, own_folder: Path) -> None:
    """A deploy: what waits for its user's next bubble is answered by the next process."""
    service, make, user = Service(own_line, own_folder), Events(own_line.account), new_user()
    service.start()
    service.post(make.text(ZOOM, user))
    began = time.monotonic()
    service.stop()
    assert time.monotonic() - began < 8
    service.start()
    answers = answers_to(own_line, user, quiet=2)
    service.stop()
    assert len(answers) == 1 and "Traceback" not in service.log_text()
