"""The service with a stand-in of LINE behind it, in this process."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings, read_settings
from service.wiring.parts import Parts
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_ledger import Delivery
from tests.fakes.line_server import RunningLine, running
from tests.fakes.line_signature import signed_headers, webhook_body

ASK = "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"


@dataclass(frozen=True, slots=True)
class Chat:
    """LINE on one side, the service on the other, and whoever types."""

    line: RunningLine
    service: TestClient
    settings: Settings

    @property
    def make(self) -> Events:
        """Return the maker of events."""
        return Events(self.line.account)

    def post(self, *events: Any) -> Response:
        """Deliver events in one webhook."""
        body = webhook_body(*events)
        return self.service.post(
            "/line/webhook", content=body, headers=signed_headers(body, self.settings.line_channel_secret)
        )

    def send(self, *events: Any, answers: int, seconds: float = 12) -> list[Delivery]:
        """Deliver events, wait for so many answers in all, and return what LINE accepted."""
        before = len(self.line.ledger.deliveries)
        assert self.post(*events).status_code == 200
        return self.line.ledger.wait_for(before + answers, seconds)[before:]

    def ask(self, text: str, user: str) -> Delivery:
        """Say something, and return the answer."""
        return self.answer(user, self.make.text(text, user))

    def answer(self, user: str, *events: Any, seconds: float = 12) -> Delivery:
        """Deliver events, and return what one user is sent next."""
        before = len(self.line.ledger.to(user))
        assert self.post(*events).status_code == 200
        assert self.line.ledger.wait(lambda ledger: len(ledger.to(user)) > before, seconds)
        return self.line.ledger.to(user)[before]

    def tap(self, label: str, user: str, answer: Delivery) -> Delivery:
        """Press a button under an answer, and return what follows."""
        data = next(data for name, data in buttons(answer) if label in name)
        return self.answer(user, self.make.postback(data, user))


def words(delivery: Delivery) -> str:
    """Return everything a delivery shows, as one text."""
    return str(delivery.messages)


def buttons(delivery: Delivery) -> list[tuple[str, str]]:
    """Return the labels and data of the buttons under a delivery."""
    items = delivery.messages[-1].get("quickReply", {}).get("items", [])
    return [(item["action"]["label"], item["action"].get("data", "")) for item in items]


@contextlib.contextmanager
def serving(book: Book, line: RunningLine, settings: Settings) -> Iterator[Chat]:
    """Run the service until the block ends."""
    with TestClient(create_app(Parts(settings, Consultant(book)))) as service:
        yield Chat(line, service, settings)


@pytest.fixture(scope="module")
def line() -> Iterator[RunningLine]:
    """A stand-in of LINE; it refuses what LINE would."""
    with running() as stand_in:
        yield stand_in
        assert stand_in.ledger.violations == []


@pytest.fixture(scope="module")
def settings(line: RunningLine, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings that point at the stand-in."""
    folder = tmp_path_factory.mktemp("line") / "data"
    return read_settings({**line.environment, "KOTOWARI_DATA_DIR": str(folder)})


@pytest.fixture(scope="module")
def chat(book: Book, line: RunningLine, settings: Settings) -> Iterator[Chat]:
    """A running service, one for a file of tests."""
    with serving(book, line, settings) as running_service:
        yield running_service


_numbers = itertools.count(1)


@pytest.fixture
def user() -> str:
    """Somebody who has never written before."""
    return user_id(next(_numbers))
