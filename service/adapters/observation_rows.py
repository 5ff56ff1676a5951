"""What is done to the rows of observations: written, rated, forgotten, and folded into counts when their days are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.days import day_of
from service.adapters.observation_tables import COUNTED, COUNTS, MARKS, METADATA, OBSERVATIONS, name_pace
from service.observation import Observation

Change = Callable[[Connection], bool]
_SWEEP_LOCK = 0x6B6F746F  # one sweeper at a time, where several processes share a PostgreSQL
_ROW = OBSERVATIONS.c


def prepare(engine: Engine) -> None:
    """Make the tables where they are missing."""
    METADATA.create_all(engine)


def insert(connection: Connection, observation: Observation) -> bool:
    """Write an answer, once. Told again because it was rated wrong, a known one gets that reason and its text."""
    if observation.unclear == "rated_wrong":
        told = {"unclear": observation.unclear, "text": observation.text}
        return connection.execute(update(OBSERVATIONS).where(_ROW.id == observation.id).values(told)).rowcount > 0
    connection.execute(_insert(connection, OBSERVATIONS).values(_to_row(observation)).on_conflict_do_nothing())
    marks = [("ask", name) for name in observation.asks] + [("rule", name) for name in observation.rules]
    if marks:
        rows = [{"observation": observation.id, "kind": kind, "name": name} for kind, name in marks]
        connection.execute(_insert(connection, MARKS).on_conflict_do_nothing(), rows)
    return True


def rate(connection: Connection, id: str, *, useful: bool) -> bool:
    """Write what a reader thought; whether the answer is known. A wrong one becomes a case, a useful one is none."""
    known = connection.execute(
        update(OBSERVATIONS).where(_ROW.id == id).values(useful="useful" if useful else "wrong")
    ).rowcount
    if useful:
        cleared = update(OBSERVATIONS).where(_ROW.id == id, _ROW.unclear == "rated_wrong")
        connection.execute(cleared.values(unclear="", text=""))
    else:
        connection.execute(update(OBSERVATIONS).where(_ROW.id == id).values(unclear="rated_wrong"))
    return known > 0


def forget(connection: Connection, *, id: str = "", owner: str = "") -> bool:
    """Delete an answer, or all answers of a user; an empty name matches nobody."""
    found = 0
    for column, value in ((_ROW.id, id), (_ROW.owner, owner)):
        if value:
            found += connection.execute(delete(OBSERVATIONS).where(column == value)).rowcount
    return found > 0


def sweep(engine: Engine, now: float, *, keep_days: int) -> bool:
    """Fold the days that are over into counts and delete their rows; whether there were any."""
    first_kept = (day_of(now) - timedelta(days=keep_days)).isoformat()
    over = _ROW.day < first_kept
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_SWEEP_LOCK)))
        if counts := count_rows(connection, over):
            connection.execute(plain_insert(COUNTS), [count._asdict() for count in counts])
        return connection.execute(delete(OBSERVATIONS).where(over)).rowcount > 0


def scrub(engine: Engine) -> bool:
    """Rid the files of what was deleted: SQLite's write-ahead log, PostgreSQL's dead rows; False: try again later."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"VACUUM {OBSERVATIONS.name}")
            return True
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy


class Count(NamedTuple):
    """How many answers of a day had something; for the kind `answer` with the dollars they cost."""

    day: str
    kind: str
    name: str
    number: int
    amount: float = 0.0


def count_rows(connection: Connection, where: ColumnElement[bool]) -> list[Count]:
    """Count rows by day under each of their kinds: one pass over the answers, one over their marks."""
    numbers: Counter[tuple[str, str, str]] = Counter()
    dollars: Counter[str] = Counter()
    columns = [_ROW.day, *(_ROW[kind] for kind in COUNTED)]
    rows = connection.execute(select(*columns, func.count(), func.sum(_ROW.cost)).where(where).group_by(*columns))
    for day, *names, number, cost in map(tuple[Any, ...], rows):
        dollars[day] += cost
        for kind, name in (("answer", ""), *zip(COUNTED, names, strict=True)):
            numbers[day, kind, name] += number
    marked = [_ROW.day, MARKS.c.kind, MARKS.c.name]
    joined = select(*marked, func.count()).join_from(OBSERVATIONS, MARKS).where(where).group_by(*marked)
    for day, kind, name, number in map(tuple[Any, ...], connection.execute(joined)):
        numbers[day, kind, name] += number
    return [Count(*key, number, dollars[key[0]] if key[1] == "answer" else 0.0) for key, number in numbers.items()]


def _insert(connection: Connection, table: Any) -> Any:
    """Return an INSERT that can say what happens to a row that is there already."""
    build = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[connection.dialect.name]
    return build(table)


def _to_row(observation: Observation) -> dict[str, object]:
    return {
        "id": observation.id,
        "at": observation.at,
        "day": day_of(observation.at).isoformat(),
        "channel": observation.channel,
        "platform": observation.platform,
        "stage": observation.stage,
        "role": observation.role,
        "verdict": observation.verdict,
        "wording": observation.wording,
        "reason": observation.reason,
        "pace": name_pace(observation.seconds),
        "cost": observation.cost,
        "useful": "",
        "unclear": observation.unclear,
        "text": observation.text,
        "owner": observation.owner,
    }
