"""The LINE service's tables: kinds, times and keyed hashes stand open; everything a user said is sealed."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# One row an event, kept after it is done: a redelivery finds it, and an unsend finds what was made of it.
EVENTS = sa.Table(
    "line_events",
    METADATA,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("event", sa.Text, nullable=False, unique=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),  # keyed hash of LINE's message id; empty where there is none
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", _NUMBER, nullable=False),  # milliseconds, as LINE says
    sa.Column("received", _NUMBER, nullable=False),  # milliseconds, by our own clock
    sa.Column("state", sa.Text, nullable=False),  # waiting | done | failed | erased
    sa.Column("part_of", sa.Text, nullable=False),  # the event that was answered for this one too
    sa.Column("sealed", sa.LargeBinary),  # what the event says; gone when it is done
    sa.Column("fresh", sa.LargeBinary),  # the reply token of a redelivery
    sa.Column("fresh_at", _NUMBER),
    sa.Column("tried", sa.Text, nullable=False),  # the way whose outcome is not known: first | fresh | push
    sa.Column("outbox", sa.LargeBinary),  # what is to be sent, the same at every try; gone when delivered
    sa.Index("line_events_owner", "owner", "state"),
    sa.Index("line_events_message", "message"),
    sa.Index("line_events_received", "received"),
    sqlite_autoincrement=True,
)

# One row a judged message: what its buttons act upon.
CASES = sa.Table(
    "line_cases",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, nullable=False, index=True),
    sa.Column("owner", sa.Text, nullable=False, index=True),
    sa.Column("at", _NUMBER, nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)

# One row a user: site, stage and tone as last told.
MEMORIES = sa.Table(
    "line_memories",
    METADATA,
    sa.Column("owner", sa.Text, primary_key=True),
    sa.Column("at", _NUMBER, nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)

# What was taken back: a message that comes later, or once more, is not read.
TOMBSTONES = sa.Table(
    "line_tombstones",
    METADATA,
    sa.Column("ref", sa.Text, primary_key=True),  # keyed hash of a message or an owner
    sa.Column("at", _NUMBER, nullable=False),  # the event's own time
    sa.Column("received", _NUMBER, nullable=False, index=True),
)

# The master key where several processes share a database and none was given by setting.
KEYS = sa.Table(
    "line_keys",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)


def is_postgres(connection: sa.Connection | sa.Engine) -> bool:
    """Whether the database is PostgreSQL."""
    return connection.dialect.name == "postgresql"


_CREATING = 72_021_117  # an advisory lock: two processes that start at once do not create the tables twice


def create_tables(engine: sa.Engine) -> None:
    """Create what is missing."""
    with engine.begin() as connection:
        if is_postgres(connection):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CREATING)))
        METADATA.create_all(connection)
