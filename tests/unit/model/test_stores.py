"""Ledger and kept shells, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from service.adapters.database import open_database
from service.adapters.model.ledger import DatabaseLedger, Limit, Limits
from service.adapters.model.shells import KEPT, DatabaseShells
from service.adapters.model.tables import METADATA, SHELLS
from service.errors import ModelUnavailable
from service.settings import Settings
from tests.phrases import make_shell

LIMITS = Limits(Limit("budget_user", 0.02, 10_000), Limit("budget_day", 0.05, 10_000), Limit("budget_month", 1, 10_000))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return an empty database of each kind."""
    url = request.getfixturevalue("postgres").url if request.param == "postgresql" else ""
    engine = open_database(Settings(data_dir=tmp_path, database_url=url))
    METADATA.drop_all(engine)
    yield engine
    METADATA.drop_all(engine)
    engine.dispose()


def make_ledger(engine: Engine, day: date = date(2026, 11, 26)) -> DatabaseLedger:
    """Return a ledger whose days are set by hand."""
    return DatabaseLedger(engine, LIMITS, today=lambda: day, name_user=lambda user: f"hash of {user}")


def test_what_was_set_aside_is_settled_to_what_it_cost(engine: Engine) -> None:
    ledger = make_ledger(engine)
    reserved = ledger.reserve("U1", dollars=0.01, tokens=100)
    assert ledger.spent() == {"day": pytest.approx(0.01), "month": pytest.approx(0.01)}
    ledger.settle(reserved, dollars=0.004, tokens=40)
    assert ledger.spent() == {"day": pytest.approx(0.004), "month": pytest.approx(0.004)}


def test_each_limit_stands_for_itself(engine: Engine) -> None:
    ledger = make_ledger(engine)
    ledger.reserve("U1", dollars=0.02, tokens=1)
    for user, reason in (("U1", "budget_user"), ("U2", "")):
        if not reason:
            ledger.reserve(user, dollars=0.02, tokens=1)
            continue
        with pytest.raises(ModelUnavailable, match=reason):
            ledger.reserve(user, dollars=0.001, tokens=1)
    with pytest.raises(ModelUnavailable, match="budget_day"):
        ledger.reserve("U3", dollars=0.02, tokens=1)
    with pytest.raises(ModelUnavailable, match="budget_month"):
        make_ledger(engine, date(2026, 11, 27)).reserve("", dollars=0.01, tokens=9_999)


def test_a_refused_call_leaves_no_trace(engine: Engine) -> None:
    ledger = make_ledger(engine)
    with pytest.raises(ModelUnavailable):
        ledger.reserve("U1", dollars=0.03, tokens=1)
    assert ledger.spent() == {"day": 0.0, "month": 0.0}


def test_calls_at_once_do_not_slip_past_a_limit(engine: Engine) -> None:
    ledger = make_ledger(engine)

    def reserve(number: int) -> bool:
        try:
            ledger.reserve(f"U{number}", dollars=0.01, tokens=1)
        except ModelUnavailable:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(reserve, range(16))) == 5


def test_a_new_day_begins_at_nothing_and_the_month_goes_on(engine: Engine) -> None:
    make_ledger(engine).reserve("U1", dollars=0.02, tokens=1)
    tomorrow = make_ledger(engine, date(2026, 11, 27))
    tomorrow.reserve("U1", dollars=0.02, tokens=1)
    assert tomorrow.spent() == {"day": pytest.approx(0.02), "month": pytest.approx(0.04)}


def test_a_shell_is_kept_for_thirty_days(engine: Engine) -> None:
    shells, shell = DatabaseShells(engine), make_shell(opening="お世話になっております。")
    shells.keep("key", make_shell(opening="こんにちは。"))
    shells.keep("key", shell)
    assert shells.find("key") == shell and shells.find("other") is None
    with engine.begin() as connection:
        connection.execute(update(SHELLS).values(kept_at=SHELLS.c.kept_at - KEPT))
    assert shells.find("key") is None
