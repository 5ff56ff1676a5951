"""Read what is remembered of answers: counts by day, and the cases that a person should look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, select, update

from service.adapters.observation_rows import Count, count_rows, scrub
from service.adapters.observation_tables import COUNTS, MARKS, OBSERVATIONS
from service.observation import Case, Figures

_ROW = OBSERVATIONS.c
_MOST_CASES = 200


def read_figures(engine: Engine, *, start: date, end: date) -> Figures:
    """Return the counts of the days from start to end, both included: of the rows, and of days whose rows are gone."""
    days = (start.isoformat(), end.isoformat())
    counts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    dollars: defaultdict[str, float] = defaultdict(float)
    with engine.connect() as connection:
        left = connection.execute(select(COUNTS).where(COUNTS.c.day.between(*days)))
        counted = [*count_rows(connection, _ROW.day.between(*days)), *map(Count._make, left)]
    for count in counted:
        counts[count.kind][count.day, count.name] += count.number
        dollars[count.day] += count.amount
    return Figures(dict(counts), dict(dollars))


def read_cases(engine: Engine, *, reason: str = "") -> list[Case]:
    """Return the newest cases, of one reason or of all."""
    wanted = _ROW.unclear == reason if reason else _ROW.unclear != ""
    rows = select(OBSERVATIONS).where(wanted).order_by(_ROW.at.desc(), _ROW.id).limit(_MOST_CASES)
    return _read(engine, rows)


def find_case(engine: Engine, id: str) -> Case | None:
    """Return one case, or None where there is none of that id."""
    return next(iter(_read(engine, select(OBSERVATIONS).where(_ROW.id == id, _ROW.unclear != ""))), None)


def _read(engine: Engine, query: Any) -> list[Case]:
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        ids = [row.id for row in rows]
        marked = connection.execute(select(MARKS).where(MARKS.c.observation.in_(ids)).order_by(MARKS.c.name)).all()
    marks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for mark in marked:
        marks[mark.observation, mark.kind].append(mark.name)
    return [_make_case(row, marks) for row in rows]


def _make_case(row: Row[Any], marks: Mapping[tuple[str, str], list[str]]) -> Case:
    return Case(
        id=row.id,
        day=row.day,
        channel=row.channel,
        platform=row.platform,
        stage=row.stage,
        role=row.role,
        verdict=row.verdict,
        unclear=row.unclear,
        text=row.text,
        asks=tuple(marks[row.id, "ask"]),
        rules=tuple(marks[row.id, "rule"]),
    )


def settle_case(engine: Engine, id: str) -> None:
    """Take a case off the list and delete its text; the answer stays counted."""
    with engine.begin() as connection:
        connection.execute(update(OBSERVATIONS).where(_ROW.id == id).values(unclear="", text=""))
    scrub(engine)
