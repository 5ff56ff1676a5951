"""Inbox: events as they come in, what waits to be answered, and how far each answer has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from service.adapters.line import statements
from service.adapters.vault import Vault


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event to be kept. `says` is sealed; `erases` names what it takes back: a message, an owner, or nothing."""

    event: str
    owner: str
    message: str
    kind: str
    at: int
    received: int
    says: dict[str, Any] = field(repr=False)
    token: str = field(default="", repr=False)
    redelivered: bool = False
    erases: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A turn in its user's queue, for one event. Tickets of one user sort in the order of their events."""

    id: str
    event: str
    queue: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits for its answer. `says` is None where it was taken back, or another key sealed it."""

    event: str
    owner: str
    kind: str
    at: int
    received: int
    says: dict[str, Any] | None = field(repr=False)
    fresh: str = field(default="", repr=False)
    fresh_at: int = 0
    tried: str = ""
    outbox: list[dict[str, Any]] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What is kept of an answer before it is sent. `parts`: the other events it answers; `tried`: the first way it goes."""

    event: str
    messages: list[dict[str, Any]] = field(repr=False)
    kind: str = "text"
    parts: Sequence[str] = ()
    tried: str = ""


class Inbox:
    """The events' table. Its methods belong into a transaction of the caller's."""

    def __init__(self, engine: sa.Engine, vault: Vault) -> None:
        self._vault = vault
        self._insert = statements.insert_event(engine.dialect.name)
        self._bury = statements.insert_tombstone(engine.dialect.name)

    def take(self, connection: sa.Connection, arrival: Arrival) -> Ticket | None:
        """Keep an event; return its ticket, or None where there is nothing more to do for it."""
        if arrival.erases:
            stone = {"ref": arrival.erases, "at": arrival.at, "received": arrival.received}
            connection.execute(self._bury, stone)
        elif self._is_buried(connection, arrival):
            return None
        row = {
            "event": arrival.event,
            "owner": arrival.owner,
            "message": arrival.message,
            "kind": arrival.kind,
            "at": arrival.at,
            "received": arrival.received,
            "sealed": self._vault.seal(arrival.says, place=f"event:{arrival.event}"),
        }
        seq = connection.execute(self._insert, row).scalar()
        return self._take_again(connection, arrival) if seq is None else _ticket(arrival, f"{seq:012d}")

    def _take_again(self, connection: sa.Connection, arrival: Arrival) -> Ticket | None:
        """A redelivery brings a fresh reply token: it serves where the answer has not gone out."""
        if not (arrival.redelivered and arrival.token):
            return None
        known = connection.execute(statements.FIND_STATE, {"event": arrival.event}).one()
        if known.state not in ("waiting", "failed"):
            return None
        fresh = self._vault.seal(arrival.token, place=f"fresh:{arrival.event}")
        change = {"name": arrival.event, "fresh": fresh, "fresh_at": arrival.received}
        connection.execute(statements.REVIVE, change)
        return _ticket(arrival, f"{known.seq:012d}-{arrival.received}") if known.state == "failed" else None

    def _is_buried(self, connection: sa.Connection, arrival: Arrival) -> bool:
        if arrival.kind == "follow":
            return False
        refs = {"message": arrival.message, "owner": arrival.owner}
        stones = connection.execute(statements.FIND_TOMBSTONES, refs)
        return any(ref == arrival.message or arrival.at < at for ref, at in stones if ref)

    def find(self, connection: sa.Connection, event: str) -> Waiting | None:
        """Return an event that waits; None where it is done or was taken back."""
        row = connection.execute(statements.FIND_WAITING, {"event": event}).one_or_none()
        return None if row is None else self._open(row)

    def list_waiting(self, connection: sa.Connection, owner: str) -> list[Waiting]:
        """Return what a user's answers are still owed to, in order."""
        rows = connection.execute(statements.LIST_WAITING, {"owner": owner}).all()
        return [self._open(row) for row in rows]

    def _open(self, row: sa.Row[Any]) -> Waiting:
        return Waiting(
            event=row.event,
            owner=row.owner,
            kind=row.kind,
            at=row.at,
            received=row.received,
            says=self._vault.open(row.sealed, place=f"event:{row.event}"),
            fresh=self._vault.open(row.fresh, place=f"fresh:{row.event}") or "",
            fresh_at=row.fresh_at or 0,
            tried=row.tried,
            outbox=self._vault.open(row.outbox, place=f"outbox:{row.event}"),
        )

    def put_out(self, connection: sa.Connection, answered: Answered) -> bool:
        """Keep what is to be sent for an event and the others it answers; False where one was taken back meanwhile."""
        outbox = self._vault.seal(answered.messages, place=f"outbox:{answered.event}")
        own = {"name": answered.event, "new_kind": answered.kind, "outbox": outbox, "way": answered.tried}
        changed = connection.execute(statements.PUT_OUT, own).rowcount
        if answered.parts:
            others = {"leader": answered.event, "names": list(answered.parts)}
            changed += connection.execute(statements.CLOSE_PARTS, others).rowcount
        return changed == 1 + len(answered.parts)

    def mark(self, connection: sa.Connection, event: str, way: str) -> None:
        """Write down, before a send, the way it goes; and afterwards, empty, that it certainly did not arrive."""
        connection.execute(statements.MARK, {"name": event, "way": way})

    def finish(self, connection: sa.Connection, event: str) -> bool:
        """Close an event: what it said and what was sent is not kept here. False where it was taken back meanwhile."""
        return connection.execute(statements.FINISH, {"name": event}).rowcount == 1

    def fail(self, connection: sa.Connection, event: Waiting) -> bool:
        """Put an event aside until it is redelivered. False where it just was, or was taken back."""
        return connection.execute(statements.FAIL, {"name": event.event, "known": event.fresh_at}).rowcount == 1


def _ticket(arrival: Arrival, turn: str) -> Ticket:
    """Sorts by time, then by arrival: the engine takes a user's turns in the order of their names."""
    # What is taken back does not wait behind an answer that is being sent.
    queue = f"{arrival.owner}:erase" if arrival.erases else arrival.owner
    return Ticket(f"{arrival.at:013d}-{turn}-{arrival.event}", arrival.event, queue)
