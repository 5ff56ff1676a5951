"""Two services on one PostgreSQL share the load; when one dies for good, the other takes its events over."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, redelivered
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine, running, serving
from tests.fakes.postgres import Postgres, require_programs, running_postgres
from tests.fakes.service_process import Service
from tests.line.answers import answers_to
from tests.line.conftest import new_user
from tests.line.crashing import ZOOM, all_of

KEY = "one key for both of them, as they read each other's rows"
TAKEOVER = 20.0  # seconds; LINE's token lives 60


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """Return a server; skip where PostgreSQL is not installed, which `.ci/run` sees to."""
    with running_postgres(require_programs()) as server:
        yield server


@pytest.fixture(scope="module")
def pair_line() -> Iterator[RunningLine]:
    """Return a stand-in for both services."""
    with running(Account(quota=None)) as line:
        yield line


@pytest.fixture(scope="module")
def running_pair(
    pair_line: RunningLine, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Service]]:
    """Return two services, each with a data folder, a name, and an address of LINE's of its own."""
    with contextlib.ExitStack() as stack:
        addresses = {"first": pair_line.url, "second": stack.enter_context(serving(pair_line))}
        both = [
            Service(
                pair_line,
                tmp_path_factory.mktemp(name),
                KOTOWARI_DATABASE_URL=postgres.url,
                KOTOWARI_SECRET_KEY=KEY,
                KOTOWARI_EXECUTOR_ID=name,
                LINE_API_BASE=address,
            )
            for name, address in addresses.items()
        ]
        for service in both:
            service.start()
            stack.callback(service.stop)
        yield both[0], both[1]


@pytest.fixture
def pair(running_pair: tuple[Service, Service], pair_line: RunningLine) -> tuple[Service, Service]:
    """Return the two services, and nothing on record; the last test kills one of them."""
    pair_line.faults.clear()
    pair_line.ledger.forget()
    return running_pair


def served_by_port(line: RunningLine) -> Counter[int]:
    """Count the accepted replies each service made."""
    return Counter(call.port for call in line.ledger.calls if (call.operation, call.status) == ("reply", 200))


def test_both_share_the_load(pair: tuple[Service, Service], pair_line: RunningLine) -> None:
    make, users = Events(pair_line.account), [new_user() for _ in range(240)]
    assert set(pair[0].post_each([make.text(ZOOM, user) for user in users])) == {200}
    pair_line.ledger.wait_for(240, 60)
    time.sleep(2)
    assert pair_line.ledger.per_receiver() == dict.fromkeys(users, 1)
    assert len(served_by_port(pair_line)) == 2, "all was posted to one, and both answered"


def test_one_event_posted_to_both_is_one_answer(pair: tuple[Service, Service], pair_line: RunningLine) -> None:
    make, user = Events(pair_line.account), new_user()
    event = make.text(ZOOM, user)
    assert [pair[0].post(event).status, pair[1].post(redelivered(event)).status] == [200, 200]
    assert len(answers_to(pair_line, user)) == 1


def test_nothing_readable_is_stored(pair: tuple[Service, Service], pair_line: RunningLine, postgres: Postgres) -> None:
    """In no column of any table, the engine's own included."""
    make, user, private = Events(pair_line.account), new_user(), "ミナヅキ商店の白浜様から、Zoomで面接をと言われました"
    pair[0].post(make.text(private, user))
    assert len(answers_to(pair_line, user, quiet=0)) == 1
    rows = all_text(postgres)
    assert len(rows) > 1000 and [each for each in (private[:6], private[7:13], user) if each in rows] == []


def all_text(postgres: Postgres) -> str:
    """Return every row of every table as text, binary columns by their bytes."""
    with psycopg.connect(postgres.url) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        named = [sql.SQL("SELECT * FROM {}").format(sql.Identifier(*table)) for table in tables]
        cells = [cell for query in named for row in connection.execute(query).fetchall() for cell in row]
    return "\n".join(bytes(cell).decode(errors="replace") if isinstance(cell, bytes) else str(cell) for cell in cells)


def test_a_database_that_restarts_costs_nothing(
    pair: tuple[Service, Service], pair_line: RunningLine, postgres: Postgres
) -> None:
    make, users = Events(pair_line.account), [new_user() for _ in range(30)]
    statuses = pair[0].post_each([make.text(ZOOM, user) for user in users[:15]])
    postgres.stop("immediate")
    postgres.start()
    statuses += pair[1].post_each([make.text(ZOOM, user) for user in users[15:]])
    known = [user for user, status in zip(users, statuses, strict=True) if status == 200]
    assert pair_line.ledger.wait(lambda ledger: all_of(ledger.per_receiver(), known), 60), "an event was lost"
    time.sleep(3)
    assert {user: count for user, count in pair_line.ledger.per_receiver().items() if count > 1} == {}
    assert len(known) >= 15


def test_a_dead_ones_events_are_taken_over(pair: tuple[Service, Service], pair_line: RunningLine) -> None:
    """Killed while LINE dawdles over its replies; it never comes back."""
    make, users = Events(pair_line.account), [new_user() for _ in range(60)]
    pair_line.faults.script("reply", *[Fault("wait", "before", 3)] * 60)
    statuses = pair[0].post_each([make.text(ZOOM, user) for user in users])
    time.sleep(1.2)
    pair[0].kill()
    killed = time.monotonic()
    known = [user for user, status in zip(users, statuses, strict=True) if status == 200]
    assert pair_line.ledger.wait(lambda ledger: all_of(ledger.per_receiver(), known), 60), "an event was lost"
    assert time.monotonic() - killed < TAKEOVER
    time.sleep(4)
    assert pair_line.ledger.per_receiver() == dict.fromkeys(users, 1)
