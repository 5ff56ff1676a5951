"""What LINE would count: every call, every message it accepted and everything it refused, with times."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Delivery:
    """An accepted reply or push: what the receiver sees."""

    at: float
    channel: Literal["reply", "push"]
    to: str
    token: str | None
    retry_key: str | None
    ids: tuple[str, ...]
    messages: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it was answered; `status` 0 is a connection cut, `problems` what was wrong with the body."""

    at: float
    operation: str
    status: int
    message: str = ""
    fault: str | None = None
    problems: tuple[dict[str, str], ...] = ()
    body: Any = None
    port: int = 0  # of this server: two clients told apart by the address each was given


class Ledger:
    """The record, shared by the server's thread and the test's; `log` also writes each entry as a line of JSON."""

    def __init__(self, log: Path | None = None) -> None:
        self._changed = threading.Condition()
        self._deliveries: list[Delivery] = []
        self._calls: list[Call] = []
        self._log = log.open("a", encoding="utf-8", buffering=1) if log else None

    def deliver(self, delivery: Delivery) -> None:
        """Enter an accepted reply or push."""
        self._enter(self._deliveries, delivery)

    def call(self, call: Call) -> None:
        """Enter a request."""
        self._enter(self._calls, call)

    def _enter(self, entries: list[Any], entry: Delivery | Call) -> None:
        with self._changed:
            entries.append(entry)
            if self._log:
                line = {"entry": type(entry).__name__.lower(), **asdict(entry)}
                self._log.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._changed.notify_all()

    @property
    def deliveries(self) -> list[Delivery]:
        """Return all that was accepted, in order."""
        with self._changed:
            return list(self._deliveries)

    @property
    def calls(self) -> list[Call]:
        """Return all requests, in order of their answers."""
        with self._changed:
            return list(self._calls)

    @property
    def violations(self) -> list[Call]:
        """Return the calls whose body or header LINE would never accept: a sound client makes none."""
        return [call for call in self.calls if call.problems]

    def to(self, receiver: str) -> list[Delivery]:
        """Return what one receiver was sent."""
        return [each for each in self.deliveries if each.to == receiver]

    def per_receiver(self) -> Counter[str]:
        """Count the deliveries of each receiver."""
        return Counter(each.to for each in self.deliveries)

    def count(self, operation: str) -> int:
        """Count the requests of an operation, however they ended."""
        return sum(call.operation == operation for call in self.calls)

    def wait(self, enough: Callable[[Ledger], bool], seconds: float = 10) -> bool:
        """Wait until the record satisfies a test; False when the time is over first."""
        until = time.monotonic() + seconds
        while not enough(self):
            with self._changed:
                if (left := until - time.monotonic()) <= 0:
                    return False
                self._changed.wait(min(left, 0.2))
        return True

    def wait_for(self, deliveries: int, seconds: float = 10) -> list[Delivery]:
        """Wait until so many deliveries were accepted (or the time is over), and return them all."""
        self.wait(lambda ledger: len(ledger.deliveries) >= deliveries, seconds)
        return self.deliveries

    def forget(self) -> None:
        """Empty the record."""
        with self._changed:
            self._deliveries.clear()
            self._calls.clear()

    def close(self) -> None:
        """Close the log file."""
        if self._log:
            self._log.close()
