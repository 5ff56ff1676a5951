"""The real service as a process, against the stand-in of LINE: one for all quiet tests, fresh ones where it may die."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_ledger import Call
from tests.fakes.line_server import RunningLine, running
from tests.fakes.service_process import Service, serving_line


@pytest.fixture(scope="session")
def line_server() -> Iterator[RunningLine]:
    """Return the stand-in all these tests share; no month's limit."""
    with running(Account(quota=None)) as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def shared_service(line_server: RunningLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return the service all quiet tests share."""
    with serving_line(line_server, tmp_path_factory.mktemp("service"), KOTOWARI_DEBUG="1") as service:
        yield service


@pytest.fixture
def line(line_server: RunningLine) -> Iterator[RunningLine]:
    """Return the stand-in with an empty record; a test ends with every call as LINE wants it."""
    line_server.faults.clear()
    line_server.ledger.forget()
    yield line_server
    line_server.faults.clear()
    assert [(each.operation, each.problems) for each in line_server.ledger.violations if not _is_made_up(each)] == []


def _is_made_up(call: Call) -> bool:
    """Return whether LINE refused an id that it would never have given: some tests make ids up."""
    return {problem["property"] for problem in call.problems} <= {"to", "chatId"}


@pytest.fixture
def service(shared_service: Service, line: RunningLine) -> Service:
    """Return the shared service, which must still live when the test is over."""
    assert shared_service.is_running
    return shared_service


@pytest.fixture
def make(line: RunningLine) -> Events:
    """Return a maker of events whose reply tokens the stand-in knows."""
    return Events(line.account)


@pytest.fixture
def user() -> str:
    """Return a user nobody has met yet."""
    return new_user()


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """Return a folder for a service of the test's own."""
    return tmp_path / "service"


def new_user() -> str:
    """Return the id of a user nobody has met yet."""
    return user_id(random.getrandbits(128))
