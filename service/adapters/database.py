"""The service's own database: a SQLite file in the data folder, or PostgreSQL by setting."""

from __future__ import annotations

import importlib
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from service.settings import Settings

FILE_NAME = "kotowari.db"
_OLDEST_SQLITE = (3, 42)  # unixepoch('subsec') and RETURNING as the durable engine uses them
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
_PATIENCE = 30_000  # milliseconds that a write waits for another


def open_database(settings: Settings) -> Engine:
    """Return an engine for the service's tables; the data folder is made where it is missing, for its owner alone."""
    if settings.database_url:
        return create_engine(to_sqlalchemy_url(settings.database_url), pool_pre_ping=True, pool_size=4)
    return open_sqlite(make_data_folder(settings) / FILE_NAME)


def make_data_folder(settings: Settings) -> Path:
    """Return the data folder, made with mode 0700 where it is missing."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.data_dir


def open_sqlite(path: Path, *, patience: int = _PATIENCE, **options: Any) -> Engine:
    """Return an engine on a SQLite file: write-ahead log, deleted text overwritten; `patience` in milliseconds."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite_module(), **options)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # Two that open a new file at once are in each other's way, and SQLite does not wait here by itself.
        again = retry_if_exception_type(sqlite_module().OperationalError)
        for attempt in Retrying(retry=again, wait=wait_fixed(0.05), stop=stop_after_delay(10), reraise=True):
            with attempt:
                for pragma in (f"busy_timeout={patience}", *_PRAGMAS):
                    connection.execute(f"PRAGMA {pragma}")

    return engine


def sqlite_module() -> ModuleType:
    """Return the SQLite driver to use: the system's, or the packaged one where the system's is too old."""
    if sqlite3.sqlite_version_info >= _OLDEST_SQLITE:
        return sqlite3
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def to_sqlalchemy_url(url: str) -> str:
    """Return a PostgreSQL address with the driver named."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url
