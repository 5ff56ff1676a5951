"""DatabaseShells: the shells that the guard accepted, so that a situation is paid for once and stays warm without the API."""

from __future__ import annotations

from time import time

from sqlalchemy import Engine, delete, select

from service.adapters.model.tables import SHELLS, make_tables, upsert
from service.wording.shell import Shell, read_shell

KEPT = 30 * 24 * 3600.0  # seconds


class DatabaseShells:
    """Shells by key, for thirty days."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        make_tables(engine)
        with engine.begin() as connection:
            connection.execute(delete(SHELLS).where(SHELLS.c.kept_at < time() - KEPT))

    def find(self, key: str) -> Shell | None:
        """Return the shell kept under a key."""
        with self._engine.connect() as connection:
            where = SHELLS.c.key == key, SHELLS.c.kept_at >= time() - KEPT
            kept = connection.execute(select(SHELLS.c.shell).where(*where)).scalar()
        return read_shell(kept) if kept else None

    def keep(self, key: str, shell: Shell) -> None:
        """Keep a shell; a newer one takes the place of an older."""
        values = {"shell": shell.to_json(), "kept_at": time()}
        row = upsert(self._engine, SHELLS).values(key=key, **values)
        with self._engine.begin() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["key"], set_=values))
