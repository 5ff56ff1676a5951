"""A database server for whoever keeps something."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.fakes.postgres import Postgres, find_programs, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; skip where there is none, unless everything is required."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("KOTOWARI_TESTS_REQUIRE") == "all":
            pytest.fail("PostgreSQL is not installed, and KOTOWARI_TESTS_REQUIRE=all")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with running_postgres(programs) as server:
        yield server
