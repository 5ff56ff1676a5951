"""A database server for whoever keeps something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.postgres import Postgres, require_programs, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; skip where there is none, unless everything is required."""
    with running_postgres(require_programs()) as server:
        yield server
