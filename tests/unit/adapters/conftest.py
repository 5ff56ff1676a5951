"""A database of each kind for the adapters' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.adapters.database import open_database, open_sqlite
from service.adapters.observation_tables import METADATA
from service.settings import Settings


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind, empty."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").url
        engine = open_database(Settings(database_url=url))
    else:
        engine = open_sqlite(tmp_path / "kotowari.db")
    METADATA.drop_all(engine)
    yield engine
    engine.dispose()
