"""Cases: the messages that were judged, for the buttons under their answers, and what a user has told of their case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from service.adapters.line import statements
from service.adapters.vault import Vault

_CASE = ("text", "joined", "platform", "stage", "register", "drafts")
_MEMORY = ("platform", "stage", "stage_at", "register")


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
    """What a user has told. `stage_at`: when the stage was told, in milliseconds."""

    platform: str | None = None
    stage: str | None = None
    stage_at: int = 0
    register: str = "polite"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a user stands with us: what they have told, and their cases, the latest first."""

    memory: Memory = Memory()
    cases: tuple[Case, ...] = ()

    @property
    def latest(self) -> Case | None:
        """The case they talked about last."""
        return self.cases[0] if self.cases else None


class Cases:
    """The tables of cases and memories. Their methods belong into a transaction of the caller's."""

    def __init__(self, engine: sa.Engine, vault: Vault) -> None:
        self._vault = vault
        self._learn = statements.upsert_memory(engine.dialect.name)

    def find(self, connection: sa.Connection, key: str, owner: str) -> Case | None:
        """Return a user's own case; None where it is gone, or another's."""
        row = connection.execute(statements.FIND_CASE, {"name": key, "whose": owner}).one_or_none()
        return None if row is None else self._open(row)

    def recall(self, connection: sa.Connection, owner: str) -> Standing:
        """Return what is known of a user."""
        rows = connection.execute(statements.LIST_CASES, {"whose": owner}).all()
        sealed = connection.execute(statements.FIND_MEMORY, {"whose": owner}).scalar()
        told = self._vault.open(sealed, place=f"memory:{owner}")
        cases = tuple(case for case in map(self._open, rows) if case)
        return Standing(Memory(**told) if told else Memory(), cases)

    def _open(self, row: sa.Row[Any]) -> Case | None:
        said = self._vault.open(row.sealed, place=f"case:{row.key}")
        return None if said is None else Case(key=row.key, **(said | {"drafts": tuple(said["drafts"])}))

    def keep(self, connection: sa.Connection, case: Case, *, event: str, owner: str, now: int) -> None:
        """Keep a new case."""
        row = {"key": case.key, "event": event, "owner": owner, "at": now, "sealed": self._seal(case)}
        connection.execute(statements.INSERT_CASE, row)

    def change(self, connection: sa.Connection, case: Case) -> bool:
        """Keep what has changed of a case; False where it is gone."""
        changed = {"name": case.key, "now_sealed": self._seal(case)}
        return connection.execute(statements.CHANGE_CASE, changed).rowcount == 1

    def _seal(self, case: Case) -> bytes:
        return self._vault.seal({name: getattr(case, name) for name in _CASE}, place=f"case:{case.key}")

    def learn(self, connection: sa.Connection, owner: str, memory: Memory, *, now: int) -> None:
        """Keep what a user has told."""
        sealed = self._vault.seal({name: getattr(memory, name) for name in _MEMORY}, place=f"memory:{owner}")
        connection.execute(self._learn, {"owner": owner, "at": now, "sealed": sealed})
