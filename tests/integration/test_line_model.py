"""LINE with a model that hangs: the answer goes out by the rules, in time; and what is observed of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Answer, Book
from service.guard.reply import Reply, admit_template
from service.observation import Observation
from service.settings import read_settings
from service.wiring.parts import Parts
from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_server import RunningLine, running
from tests.fakes.line_signature import signed_headers, webhook_body

ASK = "契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"


class Hanging:
    """A worder that never comes back in time."""

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Take a minute."""
        await anyio.sleep(60)
        return admit_template(answer)


class Remembering:
    """An observer that keeps everything in a list."""

    def __init__(self) -> None:
        self.seen: list[Observation] = []
        self.forgotten: list[str] = []

    def record(self, observation: Observation) -> None:
        """Keep it."""
        self.seen.append(observation)

    def rate(self, id: str, *, useful: bool) -> bool:
        """Know every answer that was recorded."""
        return any(each.id == id for each in self.seen)

    def forget(self, *, id: str = "", owner: str = "") -> None:
        """Note what is to be forgotten."""
        self.forgotten.append(id or owner)


@pytest.fixture
def line() -> Iterator[RunningLine]:
    """A stand-in of LINE."""
    with running(Account(quota=None)) as stand_in:
        yield stand_in


def post(service: TestClient, line: RunningLine, event: object) -> None:
    """Deliver an event."""
    body = webhook_body(event)
    headers = signed_headers(body, line.account.channel_secret)
    assert service.post("/line/webhook", content=body, headers=headers).status_code == 200


def test_the_answer_comes_in_time_and_is_observed_and_forgotten(book: Book, line: RunningLine, tmp_path: Path) -> None:
    settings = read_settings({**line.environment, "KOTOWARI_DATA_DIR": str(tmp_path / "data")})
    observer, make, user = Remembering(), Events(line.account), user_id(1)
    event = make.text(ASK, user)
    with TestClient(create_app(Parts(settings, Consultant(book, Hanging(), observer)))) as service:
        began = time.monotonic()
        post(service, line, event)
        assert line.ledger.wait_for(1, 10)[0].channel == "reply"
        assert time.monotonic() - began < 10
        post(service, line, make.unsend(event["message"]["id"], user))
        while not observer.forgotten and time.monotonic() - began < 20:
            time.sleep(0.1)
    (seen,) = observer.seen
    assert (seen.channel, seen.verdict, seen.wording, seen.reason) == ("line", "against_rules", "template", "late")
    assert seen.text == "" and user not in seen.owner
    assert observer.forgotten == [seen.id]
