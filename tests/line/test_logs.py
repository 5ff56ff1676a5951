"""No log line holds a secret, a token, a user id or a message's text, however talkative the service is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.line_events import Events, group_id, odd_shapes
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service, serving_line
from tests.line.answers import answers_to
from tests.line.conftest import new_user

PRIVATE = "株式会社ミナヅキ商店の白浜様から、Zoomで顔合わせをしたいと言われました"


@pytest.fixture
def talkative(line: RunningLine, own_folder: Path) -> Service:
    """Return a service that has lived through everything at its most talkative, and has been stopped."""
    with serving_line(line, own_folder, KOTOWARI_DEBUG="1", PYTHONDEVMODE="0") as service:
        live_through(service, line, Events(line.account))
    return service


def live_through(service: Service, line: RunningLine, make: Events) -> None:
    """Let good, bad, broken and odd things happen."""
    people = [new_user() for _ in range(6)]
    for number, fault in enumerate((None, Fault("server_error"), Fault("reset", "after"), Fault("rate_limit"))):
        line.faults.script("reply", fault)
        service.post(make.text(PRIVATE, people[number]))
        answers_to(line, people[number], quiet=0)
    spent = make.text(PRIVATE, people[4])
    line.account.spend(spent["replyToken"])
    line.faults.script("push", Fault("monthly_limit"))
    service.post(spent)
    service.post(*make.every_type(people[5], group_id(1)).values())
    service.post(*odd_shapes(make, people[5]).values())
    service.post(body=f"{{{PRIVATE}".encode())
    service.post(make.text(PRIVATE, people[5]), X_Line_Signature="forged")
    service.post(make.unfollow(people[0]))
    line.ledger.wait(lambda _: False, 4)


def test_the_log_holds_nothing_private(talkative: Service, line: RunningLine) -> None:
    log, make = talkative.log_text(), Events(line.account)
    texts = {PRIVATE[start : start + 6] for start in range(0, len(PRIVATE) - 6, 2)}
    escaped = {piece.encode("unicode_escape").decode() for piece in texts}
    secrets = {line.account.channel_secret, line.account.channel_token}
    users = {delivery.to for delivery in line.ledger.deliveries}
    tokens = {delivery.token for delivery in line.ledger.deliveries if delivery.token}
    ids = {make.account.bot_user_id, *users}
    assert len(users) >= 5 and len(tokens) >= 5
    found = sorted(each for each in texts | escaped | secrets | tokens | ids if each in log)
    assert found == []
    assert len(log.splitlines()) > 5, "quiet about people, not about events"
    assert "Traceback" not in log
