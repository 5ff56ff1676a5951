"""Observations in the database: counted, rated, forgotten without a trace, folded into counts when their time is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from service.adapters.database import open_sqlite
from service.adapters.figures import find_case, read_cases, read_figures
from service.adapters.metrics import OBSERVATIONS_LOST
from service.adapters.observation_rows import sweep
from service.adapters.observations import StoredObserver
from service.observation import Observation

NOON = 1_795_576_800.0  # 2026-11-25 12:00 in Japan
DAY = date(2026, 11, 25)
SEEN = Observation(
    id="a", at=NOON, channel="web", platform="crowdworks", stage="before_contract", role="client_message",
    verdict="against_rules", asks=("call", "line_exchange"), rules=("crowdworks/contact-before-contract",),
    wording="template", reason="no_model", seconds=0.02, cost=0.001, owner="somebody",
)  # fmt: skip
RIDDLE = replace(
    SEEN, id="b", verdict="ok", asks=(), rules=(), unclear="nothing_found", text="〔名前1〕より、ご相談です"
)


@pytest.fixture
def observer(engine: Engine) -> Iterator[StoredObserver]:
    """An observer whose clock stands still."""
    observer = StoredObserver(engine, retention_days=30, clock=lambda: NOON)
    yield observer
    observer.close()


def keep(observer: StoredObserver, *observations: Observation) -> None:
    """Record and wait until it is written."""
    for observation in observations:
        observer.record(observation)
    observer.flush()


def is_postgres(engine: Engine) -> bool:
    """Whether the files are another program's."""
    return engine.dialect.name == "postgresql"


def count(engine: Engine, kind: str) -> dict[str, int]:
    """Return what is counted on the day."""
    return dict(read_figures(engine, start=DAY, end=DAY).total(kind))


def test_an_answer_is_counted_by_all_its_kinds(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN, RIDDLE)
    assert count(engine, "answer") == {"": 2} and count(engine, "verdict") == {"against_rules": 1, "ok": 1}
    assert count(engine, "ask") == {"call": 1, "line_exchange": 1}
    assert count(engine, "rule") == {"crowdworks/contact-before-contract": 1}
    assert count(engine, "pace") == {"0.05": 2}
    assert read_figures(engine, start=DAY, end=DAY).dollars == {"2026-11-25": pytest.approx(0.002)}


def test_the_same_answer_told_twice_counts_once(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN, SEEN)
    assert count(engine, "answer") == {"": 1} and count(engine, "ask") == {"call": 1, "line_exchange": 1}


def test_what_is_queued_is_written_at_the_end(engine: Engine) -> None:
    observer = StoredObserver(engine, retention_days=30, clock=lambda: NOON)
    for number in range(500):
        observer.record(replace(SEEN, id=str(number)))
    observer.close()
    assert count(engine, "answer") == {"": 500}


def test_a_rating_reaches_its_answer(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN, RIDDLE)
    assert observer.rate("a", useful=True) and observer.rate("b", useful=False)
    assert count(engine, "useful") == {"useful": 1, "wrong": 1}
    assert not observer.rate("unknown", useful=True)


def test_an_answer_called_wrong_becomes_a_case(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN)
    observer.rate("a", useful=False)
    assert [(case.id, case.unclear, case.text) for case in read_cases(engine)] == [("a", "rated_wrong", "")]
    keep(observer, replace(SEEN, unclear="rated_wrong", text="文面"))  # told again, with its text
    assert find_case(engine, "a").text == "文面" and count(engine, "answer") == {"": 1}  # type: ignore[union-attr]


def test_a_forgotten_answer_does_not_come_back(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN)
    observer.forget(id="a")
    keep(observer, replace(SEEN, unclear="rated_wrong", text="文面"))
    assert count(engine, "answer") == {} and read_cases(engine) == []


def test_a_case_carries_what_was_found(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN, RIDDLE, replace(SEEN, id="c", unclear="contradiction", text="文面"))
    assert {case.id for case in read_cases(engine)} == {"b", "c"}
    (case,) = read_cases(engine, reason="contradiction")
    assert case.asks == ("call", "line_exchange") and case.rules == ("crowdworks/contact-before-contract",)


def test_a_clear_answer_is_no_case(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN)
    assert find_case(engine, "a") is None


@pytest.mark.parametrize("which", [{"id": "b"}, {"owner": "somebody"}])
def test_what_is_forgotten_stands_in_no_file(
    which: dict[str, str], engine: Engine, observer: StoredObserver, tmp_path: Path
) -> None:
    keep(observer, replace(RIDDLE, text="秘密のことば"))
    assert any("秘密のことば".encode() in path.read_bytes() for path in tmp_path.iterdir()) or is_postgres(engine)
    observer.forget(**which)
    assert not any("秘密のことば".encode() in path.read_bytes() for path in tmp_path.iterdir())
    assert count(engine, "answer") == {}


def test_forgetting_nobody_deletes_nothing(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, replace(SEEN, owner=""))
    observer.forget(owner="")
    assert count(engine, "answer") == {"": 1}


def test_of_old_days_only_counts_are_left(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN, replace(RIDDLE, text="秘密のことば"))
    before = read_figures(engine, start=DAY, end=DAY)
    assert not sweep(engine, NOON + 30 * 86_400, keep_days=30)  # the last day it is kept
    assert sweep(engine, NOON + 31 * 86_400, keep_days=30)
    assert read_figures(engine, start=DAY, end=DAY) == before and read_cases(engine) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM observation_mark")).scalar() == 0


def test_an_old_day_is_folded_once(engine: Engine, observer: StoredObserver) -> None:
    keep(observer, SEEN)
    assert [sweep(engine, NOON + 31 * 86_400, keep_days=30) for _ in range(2)] == [True, False]
    assert count(engine, "answer") == {"": 1}


def test_while_the_store_is_locked_answers_go_on_and_are_counted_later(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "kotowari.db")
    observer = StoredObserver(engine, retention_days=30, clock=lambda: NOON)
    observer.flush()
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        for number in range(300):
            observer.record(replace(SEEN, id=str(number)))
        assert count(engine, "answer") == {}
    observer.close()
    assert count(engine, "answer") == {"": 300}


def test_while_somebody_reads_the_files_are_cleaned_later(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "kotowari.db", patience=100)
    observer = StoredObserver(engine, retention_days=30, clock=lambda: NOON)
    keep(observer, replace(RIDDLE, text="秘密のことば"))
    with engine.connect() as reader:
        reader.exec_driver_sql("PRAGMA busy_timeout=0")
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT * FROM observation").all()
        observer.forget(id="b")
        assert any("秘密のことば".encode() in path.read_bytes() for path in tmp_path.iterdir())
    observer.close()
    assert not any("秘密のことば".encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_a_store_that_is_gone_fails_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gone = create_engine(f"sqlite:///{tmp_path}/missing/kotowari.db")
    lost = OBSERVATIONS_LOST._value.get()
    observer = StoredObserver(gone, retention_days=30, clock=lambda: NOON)
    observer.record(replace(RIDDLE, text="秘密のことば"))
    assert not observer.rate("b", useful=True)
    observer.close()
    assert OBSERVATIONS_LOST._value.get() > lost
    assert "observations_failed" in caplog.text and "秘密" not in caplog.text and "somebody" not in caplog.text
