"""Cases: the messages that were judged, for the buttons under their answers, and what a user has told of their case."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from service.adapters.line.tables import CASES, MEMORIES, insert
from service.adapters.vault import Vault

_MOST_KEPT = 20  # cases of one user


@dataclass(frozen=True, slots=True)
class Case:
    """A judged message. `drafts` are keyed hashes of the drafts that were shown."""

    key: str
    text: str = field(repr=False)
    joined: int = 1
    platform: str | None = None
    stage: str | None = None
    register: str = "polite"
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What a user has told, and the case they talked about last. `stage_at`: when the stage was told, in milliseconds."""

    platform: str | None = None
    stage: str | None = None
    stage_at: int = 0
    register: str = "polite"
    last: str = ""


class Cases:
    """The tables of cases and memories. The methods with a connection belong into a transaction of the caller's."""

    def __init__(self, engine: sa.Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    def find(self, key: str, owner: str) -> Case | None:
        """Return a user's own case; None where it is gone, or another's."""
        chosen = sa.select(CASES).where(CASES.c.key == key, CASES.c.owner == owner)
        with self._engine.connect() as connection:
            row = connection.execute(chosen).one_or_none()
        return None if row is None else self._open(row)

    def list_latest(self, owner: str) -> list[Case]:
        """Return a user's cases, the latest first."""
        chosen = sa.select(CASES).where(CASES.c.owner == owner).order_by(CASES.c.at.desc()).limit(_MOST_KEPT)
        with self._engine.connect() as connection:
            rows = connection.execute(chosen).all()
        return [case for case in map(self._open, rows) if case]

    def _open(self, row: sa.Row[Any]) -> Case | None:
        said = self._vault.open(row.sealed, place=f"case:{row.key}")
        return None if said is None else Case(key=row.key, **(said | {"drafts": tuple(said["drafts"])}))

    def keep(self, connection: sa.Connection, case: Case, *, event: str, owner: str, now: int) -> None:
        """Keep a new case; a user's oldest ones make room."""
        sealed = self._seal(case)
        row = insert(connection, CASES).values(key=case.key, event=event, owner=owner, at=now, sealed=sealed)
        connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"sealed": sealed}))
        oldest = sa.select(CASES.c.key).where(CASES.c.owner == owner).order_by(CASES.c.at.desc()).offset(_MOST_KEPT)
        connection.execute(sa.delete(CASES).where(CASES.c.key.in_(oldest)))

    def change(self, connection: sa.Connection, case: Case) -> bool:
        """Keep what has changed of a case; False where it is gone."""
        changed = sa.update(CASES).where(CASES.c.key == case.key).values(sealed=self._seal(case))
        return connection.execute(changed).rowcount == 1

    def _seal(self, case: Case) -> bytes:
        said = {name: getattr(case, name) for name in ("text", "joined", "platform", "stage", "register", "drafts")}
        return self._vault.seal(said, place=f"case:{case.key}")

    def remember(self, owner: str) -> Memory:
        """Return what a user has told; an empty memory where there is none."""
        chosen = sa.select(MEMORIES.c.sealed).where(MEMORIES.c.owner == owner)
        with self._engine.connect() as connection:
            said = self._vault.open(connection.execute(chosen).scalar(), place=f"memory:{owner}")
        return Memory(**said) if said else Memory()

    def learn(self, connection: sa.Connection, owner: str, memory: Memory, *, now: int) -> None:
        """Keep what a user has told."""
        said = {name: getattr(memory, name) for name in ("platform", "stage", "stage_at", "register", "last")}
        sealed = self._vault.seal(said, place=f"memory:{owner}")
        row = insert(connection, MEMORIES).values(owner=owner, at=now, sealed=sealed)
        connection.execute(row.on_conflict_do_update(index_elements=["owner"], set_={"at": now, "sealed": sealed}))

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction: what is done with its connection is kept all or nothing."""
        return self._engine.begin()
