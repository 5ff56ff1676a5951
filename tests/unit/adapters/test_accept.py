"""Accepting: an event that cannot be kept costs the others nothing; a store that is away costs all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.adapters.engine.accept import Acceptor
from service.adapters.line.inbox import Arrival, Ticket
from service.settings import Settings

GOOD, BAD = (Arrival(name, "ann", name, "text", 5, 6, {}) for name in ("good", "bad"))
Fault = Callable[[], Exception]


def accept(tmp_path: Path, fault: Fault) -> list[str]:
    """Accept three events of which the second one fails; return the ones that were kept in the end."""
    from service.adapters.engine.databases import open_accept

    kept: list[str] = []

    def take(connection: sa.Connection, arrival: Arrival) -> Ticket | None:
        if arrival is BAD:
            raise fault()
        kept.append(arrival.event)
        return None

    acceptor = Acceptor(open_accept(Settings(data_dir=tmp_path)), take)
    try:
        asyncio.run(acceptor.accept([GOOD, BAD, GOOD]))
    finally:
        acceptor.stop()
    return kept


def test_one_that_cannot_be_kept_costs_the_others_nothing(tmp_path: Path) -> None:
    assert accept(tmp_path, lambda: UnicodeEncodeError("utf-8", "\ud800", 0, 1, "odd"))[-2:] == ["good", "good"]


def test_a_store_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(sa.exc.OperationalError):
        accept(tmp_path, lambda: sa.exc.OperationalError("", None, OSError("away")))
