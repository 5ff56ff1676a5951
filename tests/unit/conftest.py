"""What the units stand on: a database server for whoever keeps something, and a plain matcher."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.consultation import Book
from tests.fakes.postgres import Postgres, require_programs, running_postgres
from tests.plain_matcher import PlainMatcher


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; skip where there is none, unless everything is required."""
    with running_postgres(require_programs()) as server:
        yield server


@pytest.fixture(scope="session")
def plain_matcher(book: Book) -> PlainMatcher:
    """Return what the book's matcher is held against: every expression, one by one."""
    return PlainMatcher(book.reader.matcher.terms.values())
