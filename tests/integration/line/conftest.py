"""The service with a stand-in of LINE behind it, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings, read_settings
from service.wiring.parts import Parts
from tests.fakes.line_events import Events
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


def words(delivery: Delivery) -> str:
    """Return everything a delivery shows, as one text."""
    return str(delivery.messages)


@pytest.fixture
def line() -> Iterator[RunningLine]:
    """A stand-in of LINE."""
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def settings(line: RunningLine, tmp_path: Path) -> Settings:
    """The settings that point at the stand-in."""
    return read_settings({**line.environment, "KOTOWARI_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
def chat(book: Book, line: RunningLine, settings: Settings) -> Iterator[Chat]:
    """A running service."""
    with TestClient(create_app(Parts(settings, Consultant(book)))) as service:
        yield Chat(line, service, settings)
    assert line.ledger.violations == []
