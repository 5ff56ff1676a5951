"""Two tables of the service's database: what the model cost, and the shells that the guard accepted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Double, Engine, MetaData, String, Table, Text
from sqlalchemy.dialects import postgresql, sqlite

METADATA = MetaData()
SPENT = Table(
    "model_spent",
    METADATA,
    Column("period", String(10), primary_key=True),  # 2026-11-26 or 2026-11
    Column("who", String(64), primary_key=True),  # a keyed hash of the user, or * for all
    Column("dollars", Double, nullable=False),
    Column("tokens", BigInteger, nullable=False),
)
SHELLS = Table(
    "model_shells",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("shell", Text, nullable=False),
    Column("kept_at", Double, nullable=False),  # Unix seconds
)


def make_tables(engine: Engine) -> None:
    """Create the tables where they are missing."""
    METADATA.create_all(engine)


def upsert(engine: Engine, table: Table) -> Any:
    """Return an INSERT that knows ON CONFLICT, in the database's own dialect."""
    return (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(table)
