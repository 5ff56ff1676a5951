"""A fresh stand-in of LINE for each test, its clock in the test's hand, and a client that knows its token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.fakes.http import Reply, ask
from tests.fakes.line_account import Account
from tests.fakes.line_events import Events
from tests.fakes.line_server import RunningLine, running

Call = Callable[..., Reply]


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 1_795_700_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return the stand-in's clock."""
    return Clock()


@pytest.fixture(scope="session")
def listening() -> Iterator[RunningLine]:
    """Return a server for the stand-ins of all these tests."""
    with running() as line:
        yield line


@pytest.fixture
def line(listening: RunningLine, clock: Clock) -> RunningLine:
    """Return a stand-in that remembers nothing yet."""
    listening.renew(Account(clock=clock))
    return listening


@pytest.fixture
def make(line: RunningLine) -> Events:
    """Return a maker of events whose tokens the stand-in knows."""
    return Events(line.account)


@pytest.fixture
def call(line: RunningLine) -> Call:
    """Return a client with the right token; `method path body` and headers."""

    def asked(method: str, path: str, body: Any = None, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(method, line.url + path, body, {"Authorization": f"Bearer {line.account.channel_token}"} | named)

    return asked
