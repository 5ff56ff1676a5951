"""A store of the LINE service in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.adapters.database import open_sqlite
from service.adapters.line.inbox import Inbox
from service.adapters.line.tables import create_tables
from service.adapters.vault import Vault


@pytest.fixture
def vault() -> Vault:
    """A vault with a key of its own."""
    return Vault(b"a key for tests")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty store."""
    engine = open_sqlite(tmp_path / "kotowari.db")
    create_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def inbox(engine: Engine, vault: Vault) -> Inbox:
    """Its inbox."""
    return Inbox(engine, vault)
