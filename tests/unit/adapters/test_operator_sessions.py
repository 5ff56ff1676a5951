"""Sessions of the desk in the database: open until their time is over, or until they are closed."""

from __future__ import annotations

from sqlalchemy import Engine

from service.adapters.operator_sessions import OperatorSessions


def test_a_session_is_open_for_its_time(engine: Engine) -> None:
    sessions = OperatorSessions(engine)
    sessions.open("timed", now=10, until=20)
    assert sessions.holds("timed", now=19.9) and not sessions.holds("timed", now=20)


def test_a_closed_session_is_closed_for_every_process(engine: Engine) -> None:
    sessions, others = OperatorSessions(engine), OperatorSessions(engine)
    sessions.open("closed", now=10, until=20)
    assert others.holds("closed", now=11)
    others.close("closed")
    assert not sessions.holds("closed", now=11)


def test_a_name_that_nobody_opened_holds_nothing(engine: Engine) -> None:
    assert not OperatorSessions(engine).holds("stranger", now=0)
