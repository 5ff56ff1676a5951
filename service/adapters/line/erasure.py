"""Erasure: what a user takes back, and what has grown old, is gone from the tables and from the files below them."""

from __future__ import annotations

import sqlalchemy as sa

from service.adapters.line.tables import CASES, EVENTS, MEMORIES, TOMBSTONES, is_postgres

_DAY = 86_400_000  # milliseconds
_SHORTEST = 3  # days that an event is known for, so that a late redelivery is not answered again
_BLANK = {"state": "erased", "sealed": None, "outbox": None, "fresh": None}


class Eraser:
    """Deletes; the database overwrites what is deleted (`secure_delete`), `clean_up` empties its log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def erase_message(self, message: str) -> list[str]:
        """Erase one message and what was made of it; return the events whose answers are gone with it."""
        with self._engine.begin() as connection:
            rows = connection.execute(
                sa.select(EVENTS.c.event, EVENTS.c.part_of, EVENTS.c.kind, EVENTS.c.owner)
                .where(EVENTS.c.message == message)
            ).all()  # fmt: skip
            answered = [row.part_of or row.event for row in rows]
            connection.execute(
                sa.update(EVENTS).where(EVENTS.c.event.in_([row.event for row in rows])).values(**_BLANK)
            )
            connection.execute(sa.update(EVENTS).where(EVENTS.c.event.in_(answered)).values(outbox=None))
            connection.execute(sa.delete(CASES).where(CASES.c.event.in_(answered)))
            told = [row.owner for row in rows if row.kind == "word"]  # 「ココナラです」: the memory came from it
            connection.execute(sa.delete(MEMORIES).where(MEMORIES.c.owner.in_(told)))
        return answered

    def erase_owner(self, owner: str, *, by: str) -> None:
        """Erase all that a user has said before the event that asks for it; what they say after it stays."""
        asked = sa.select(EVENTS.c.seq).where(EVENTS.c.event == by).scalar_subquery()
        before = sa.and_(EVENTS.c.owner == owner, EVENTS.c.seq < asked)
        with self._engine.begin() as connection:
            later = sa.select(EVENTS.c.event).where(EVENTS.c.owner == owner, EVENTS.c.seq > asked)
            connection.execute(sa.delete(CASES).where(CASES.c.owner == owner, CASES.c.event.not_in(later)))
            connection.execute(sa.delete(MEMORIES).where(MEMORIES.c.owner == owner))
            connection.execute(sa.update(EVENTS).where(before).values(**_BLANK))

    def has_anything(self, owner: str) -> bool:
        """Whether something is remembered of a user."""
        with self._engine.connect() as connection:
            return any(
                connection.execute(sa.select(table.c.owner).where(table.c.owner == owner).limit(1)).first()
                for table in (CASES, MEMORIES)
            )

    def sweep(self, now: int, *, days: int) -> None:
        """Delete what is older than its days."""
        old = now - days * _DAY
        known = now - max(days, _SHORTEST) * _DAY
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CASES).where(CASES.c.at < old))
            connection.execute(sa.delete(MEMORIES).where(MEMORIES.c.at < old))
            connection.execute(sa.delete(EVENTS).where(EVENTS.c.received < known))
            connection.execute(sa.delete(TOMBSTONES).where(TOMBSTONES.c.received < known))

    def clean_up(self) -> bool:
        """Rid the files of what was deleted; False where another connection is in the way: try again."""
        if is_postgres(self._engine):
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in (EVENTS, CASES, MEMORIES):
                    connection.execute(sa.text(f"VACUUM {table.name}"))
            return True
        with self._engine.connect() as connection:
            return connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar() == 0
