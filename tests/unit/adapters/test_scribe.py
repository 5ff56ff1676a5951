"""The scribe: what is told is committed, a work that fails costs no other one anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.adapters.database import open_sqlite
from service.adapters.engine.scribe import Scribe

INSERT, COUNT = sa.text("INSERT INTO kept VALUES (:n)"), sa.text("SELECT count(*) FROM kept")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """A store with one table."""
    engine = open_sqlite(tmp_path / "kept.db")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (n INTEGER)"))
    yield engine
    engine.dispose()


def do_all(
    engine: sa.Engine, fault: Exception | None, committed: Callable[[], None] = lambda: None
) -> list[int | BaseException]:
    """Let five works wait at once, of which the third one fails after it has written; return what came of each."""
    scribe = Scribe(engine, "test-scribe", committed)

    def keep(connection: sa.Connection, number: int) -> int:
        connection.execute(INSERT, {"n": number})
        if fault and number == 2:
            raise fault
        return number

    async def waiting() -> list[int | BaseException]:
        return await asyncio.gather(*(scribe.do(keep, number) for number in range(5)), return_exceptions=True)

    try:
        return asyncio.run(waiting())
    finally:
        scribe.stop()


def count(engine: sa.Engine) -> int:
    """Return how many rows were kept."""
    with engine.connect() as connection:
        return int(connection.execute(COUNT).scalar_one())


def test_what_waits_shares_transactions_and_each_is_told_its_own_result(engine: sa.Engine) -> None:
    commits: list[int] = []
    assert do_all(engine, None, lambda: commits.append(1)) == [0, 1, 2, 3, 4]
    assert count(engine) == 5 and len(commits) < 5


def test_a_work_that_fails_leaves_nothing_and_costs_the_others_nothing(engine: sa.Engine) -> None:
    fault = ValueError("odd")
    assert do_all(engine, fault) == [0, 1, fault, 3, 4]
    assert count(engine) == 4


def test_nobody_is_told_before_the_commit_is_safe(engine: sa.Engine) -> None:
    def away() -> None:
        raise OSError("the disk is gone")

    assert all(isinstance(outcome, OSError) for outcome in do_all(engine, None, away))
    assert count(engine) == 5  # done once: who comes again is known
