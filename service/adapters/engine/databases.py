"""The engine's connections: a few for the work, one of its own for accepting, set up as the engine needs them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from service.adapters.database import FILE_NAME, make_data_folder, open_sqlite, to_sqlalchemy_url
from service.settings import Settings

_WORKERS = 8  # connections to PostgreSQL


def open_work(settings: Settings) -> Engine:
    """Return the engine for the work: on SQLite one connection, so that writers queue up here and not at the file."""
    return _open(settings, connections=_WORKERS if settings.database_url else 1)


def open_accept(settings: Settings) -> Engine:
    """Return the engine for accepting events: one connection that waits for no work."""
    return _open(settings, connections=1)


def _open(settings: Settings, *, connections: int) -> Engine:
    # `hide_parameters`: no error and no log line quotes a value.
    pool: dict[str, Any] = {"pool_size": connections, "max_overflow": 0, "hide_parameters": True}
    if settings.database_url:
        return create_engine(to_sqlalchemy_url(settings.database_url), pool_pre_ping=True, **pool)
    engine = open_sqlite(make_data_folder(settings) / FILE_NAME, **pool)

    @event.listens_for(engine, "connect")
    def begin_with_the_lock(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"

    return engine


def sync_log(engine: Engine) -> None:
    """Bring what was committed to the disk: SQLite's log in one call for a whole group of transactions."""
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL does it with each commit
    path = Path(f"{engine.url.database}-wal")
    try:
        log = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return  # just merged into the database, which is synced by that
    try:
        os.fdatasync(log)
    finally:
        os.close(log)
