"""Parts: everything a running service is made of, built once from the settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio.to_thread
from sqlalchemy import Engine, text

from service.adapters.database import open_database
from service.adapters.days import now
from service.adapters.observations import StoredObserver
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """The settings and what was built from them. Without a database nothing is kept."""

    settings: Settings
    consultant: Consultant
    database: Engine | None = None
    closers: tuple[Callable[[], Awaitable[None]], ...] = ()  # called in this order, before the database is let go
    clock: Callable[[], float] = now

    def is_ready(self) -> bool:
        """Whether the store can be reached."""
        if self.database is None:
            return True
        try:
            with self.database.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:
            return False
        return True

    async def close(self) -> None:
        """Finish what is under way and let go of what was opened."""
        for close in self.closers:
            await close()
        if self.database is not None:
            self.database.dispose()


def build_parts(settings: Settings, book: Book) -> Parts:
    """Open the store and put the parts together; without a key, or with nothing to spend, no model is asked."""
    database = open_database(settings)
    observer = StoredObserver(database, retention_days=settings.retention_days)

    async def close_observer() -> None:
        await anyio.to_thread.run_sync(observer.close)

    if not settings.model_ready or not settings.model_day_budget:
        return Parts(settings, Consultant(book, observer=observer), database, (close_observer,))
    from service.wiring.worder import build_model_worder  # only where it is wanted

    worder = build_model_worder(settings, database)
    return Parts(settings, Consultant(book, worder, observer), database, (worder.close, close_observer))
