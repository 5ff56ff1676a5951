"""A talk with the service: say something or tap a button, and get the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fakes.line_events import Events
from tests.fakes.line_ledger import Delivery
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service
from tests.line.answers import postbacks


@dataclass(frozen=True, slots=True)
class Talk:
    """One user before the service."""

    service: Service
    line: RunningLine
    make: Events
    user: str

    def say(self, text: str) -> Delivery:
        """Say something, and return the answer."""
        return self.send(self.make.text(text, self.user))

    def tap(self, answer: Delivery, label: str) -> Delivery:
        """Tap the button whose label contains these words, and return the answer."""
        return self.send(self.make.postback(self.data(answer, label), self.user))

    def data(self, answer: Delivery, label: str) -> str:
        """Return what the button says whose label contains these words."""
        return next(data for name, data in postbacks(answer).items() if label in name)

    def send(self, *events: Any, seconds: float = 20) -> Delivery:
        """Deliver events, and return what the user is sent next."""
        before = len(self.line.ledger.to(self.user))
        assert self.service.post(*events).status == 200
        assert self.line.ledger.wait(lambda ledger: len(ledger.to(self.user)) > before, seconds)
        return self.line.ledger.to(self.user)[before]


def is_card(answer: Delivery) -> bool:
    """Return whether an answer shows a verdict."""
    return answer.messages[0]["type"] == "flex" and "判定は" in answer.messages[0]["altText"]
