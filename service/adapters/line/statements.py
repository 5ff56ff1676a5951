"""The statements of the inbox and the cases, built once: building one costs more than running it."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from sqlalchemy import bindparam as given
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.line.tables import CASES, EVENTS, KEYS, MEMORIES, TOMBSTONES

MOST_WAITING = 100  # events of one user looked at together
MOST_CASES = 20  # of one user, looked at together

_named = EVENTS.c.event == given("name")
_waits = EVENTS.c.state == "waiting"

FIND_STATE = sa.select(EVENTS.c.seq, EVENTS.c.state).where(EVENTS.c.event == given("event"))
FIND_WAITING = sa.select(EVENTS).where(EVENTS.c.event == given("event"), _waits)
LIST_WAITING = (
    sa.select(EVENTS)
    .where(EVENTS.c.owner == given("owner"), _waits)
    .order_by(EVENTS.c.at, EVENTS.c.seq)
    .limit(MOST_WAITING)
)
FIND_TOMBSTONES = sa.select(TOMBSTONES.c.ref, TOMBSTONES.c.at).where(
    TOMBSTONES.c.ref.in_([given("message"), given("owner")])
)
REVIVE = sa.update(EVENTS).where(_named).values(fresh=given("fresh"), fresh_at=given("fresh_at"), state="waiting")
PUT_OUT = (
    sa.update(EVENTS)
    .where(_named, _waits)
    .values(kind=given("new_kind"), outbox=given("outbox"), tried=given("way"))
)  # fmt: skip
CLOSE_PARTS = (
    sa.update(EVENTS)
    .where(EVENTS.c.event.in_(given("names", expanding=True)), _waits)
    .values(state="done", part_of=given("leader"), sealed=None)
)
MARK = sa.update(EVENTS).where(_named).values(tried=given("way"))
FINISH = sa.update(EVENTS).where(_named, _waits).values(state="done", tried="", sealed=None, outbox=None, fresh=None)
_as_known = sa.func.coalesce(EVENTS.c.fresh_at, 0) == given("known")
FAIL = sa.update(EVENTS).where(_named, _waits, _as_known).values(state="failed", tried="")

FIND_CASE = sa.select(CASES).where(CASES.c.key == given("name"), CASES.c.owner == given("whose"))
LIST_CASES = sa.select(CASES).where(CASES.c.owner == given("whose")).order_by(CASES.c.at.desc()).limit(MOST_CASES)
INSERT_CASE = sa.insert(CASES)
CHANGE_CASE = sa.update(CASES).where(CASES.c.key == given("name")).values(sealed=given("now_sealed"))
FIND_MEMORY = sa.select(MEMORIES.c.sealed).where(MEMORIES.c.owner == given("whose"))


@cache
def insert_event(dialect: str) -> sa.Executable:
    """Return the statement that keeps an event once; it returns the row's number, or nothing."""
    new = _insert(dialect, EVENTS).values(state="waiting", part_of="", tried="")
    return new.on_conflict_do_nothing(index_elements=["event"]).returning(EVENTS.c.seq)


@cache
def insert_tombstone(dialect: str) -> sa.Executable:
    """Return the statement that keeps what was taken back, the latest time of it."""
    stone = _insert(dialect, TOMBSTONES)
    newer = {"at": stone.excluded.at, "received": stone.excluded.received}
    return stone.on_conflict_do_update(index_elements=["ref"], set_=newer)


@cache
def upsert_memory(dialect: str) -> sa.Executable:
    """Return the statement that keeps what a user has told."""
    row = _insert(dialect, MEMORIES)
    newer = {"at": row.excluded.at, "sealed": row.excluded.sealed}
    return row.on_conflict_do_update(index_elements=["owner"], set_=newer)


@cache
def insert_key(dialect: str) -> sa.Executable:
    """Return the statement that keeps the first master key offered."""
    return _insert(dialect, KEYS).on_conflict_do_nothing(index_elements=["name"])


def _insert(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
