"""What is done to the rows of observations: written, rated, forgotten, and folded into counts when their days are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Executable, Table, bindparam, delete, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.days import day_of
from service.adapters.observation_tables import COUNTED, COUNTS, MARKS, METADATA, OBSERVATIONS, name_pace
from service.observation import Observation

Change = Callable[[Connection], bool]
_SWEEP_LOCK = 0x6B6F746F  # one sweeper at a time, where several processes share a PostgreSQL
_ROW = OBSERVATIONS.c
_TELL_AGAIN = (
    update(OBSERVATIONS)
    .where(_ROW.id == bindparam("told"))
    .values(unclear=bindparam("now_unclear"), text=bindparam("now_text"))
)


def prepare(engine: Engine) -> None:
    """Make the tables where they are missing."""
    METADATA.create_all(engine)


def insert(connection: Connection, observations: Sequence[Observation]) -> None:
    """Write answers, each once. Told again because it was rated wrong, a known one gets that reason and its text."""
    for again, group in groupby(observations, lambda each: each.unclear == "rated_wrong"):
        if again:
            told = [{"told": each.id, "now_unclear": each.unclear, "now_text": each.text} for each in group]
            connection.execute(_TELL_AGAIN, told)
        else:
            _insert_new(connection, list(group))


def _insert_new(connection: Connection, observations: Sequence[Observation]) -> None:
    connection.execute(_insert(connection.dialect.name, OBSERVATIONS), [_to_row(each) for each in observations])
    marks = [
        {"observation": each.id, "kind": kind, "name": name}
        for each in observations
        for kind, names in (("ask", each.asks), ("rule", each.rules))
        for name in names
    ]
    if marks:
        connection.execute(_insert(connection.dialect.name, MARKS), marks)


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


@cache
def _insert(dialect: str, table: Table) -> Executable:
    """Return an INSERT that leaves a row alone that is there already; built once, for building costs more than running."""
    new = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return new.on_conflict_do_nothing()


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
