"""Read what is remembered of answers: counts by day, and the cases that a person should look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, select, union_all

from service.adapters.observation_rows import select_counts
from service.adapters.observation_tables import COUNTS, MARKS, OBSERVATIONS

_ROW = OBSERVATIONS.c
_MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a span of days, `counts["verdict"]["2026-11-23", "danger"]`; the kind `answer` has the empty name."""

    counts: Mapping[str, Counter[tuple[str, str]]]
    dollars: Mapping[str, float]  # by day

    def total(self, kind: str) -> Counter[str]:
        """Return the numbers of a kind over all days, by name."""
        total: Counter[str] = Counter()
        for (_, name), number in self.counts.get(kind, Counter()).items():
            total[name] += number
        return total

    def on(self, day: str, kind: str, name: str = "") -> int:
        """Return one number of one day."""
        return self.counts.get(kind, Counter())[day, name]


@dataclass(frozen=True, slots=True)
class Case:
    """An answer that a person should look at. `text` is masked, and empty where none was kept."""

    id: str
    day: str
    channel: str
    platform: str
    stage: str
    role: str
    verdict: str
    unclear: str
    text: str
    asks: tuple[str, ...]
    rules: tuple[str, ...]


def read_figures(engine: Engine, *, start: date, end: date) -> Figures:
    """Return the counts of the days from start to end, both included: of the rows, and of days whose rows are gone."""
    days = (start.isoformat(), end.isoformat())
    kept = COUNTS.c
    left = select(kept.day, kept.kind, kept.name, kept.number, kept.amount).where(kept.day.between(*days))
    counts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    dollars: defaultdict[str, float] = defaultdict(float)
    with engine.connect() as connection:
        rows: Sequence[Row[Any]] = connection.execute(union_all(*select_counts(_ROW.day.between(*days)), left)).all()
    for day, kind, name, number, amount in rows:
        counts[kind][day, name] += int(number)
        dollars[day] += float(amount)
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
