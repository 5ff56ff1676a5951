"""A database of each kind for the adapters' tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.adapters.database import open_database, open_sqlite
from service.adapters.observation_tables import METADATA
from service.settings import Settings
from tests.fakes.postgres import Postgres, find_programs, running_postgres


@pytest.fixture(scope="package")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; skip where there is none, unless everything is required."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("KOTOWARI_TESTS_REQUIRE") == "all":
            pytest.fail("PostgreSQL is not installed, and KOTOWARI_TESTS_REQUIRE=all")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with running_postgres(programs) as server:
        yield server


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
