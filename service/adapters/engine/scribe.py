"""The scribe: one thread does the store's work, all that waits in one transaction, and tells the loop once."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

P = ParamSpec("P")
T = TypeVar("T")
_GROUP = 64  # works in one transaction
# The database or its disk is away: for one as for all.
STORE_AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, OSError)


@dataclass(slots=True)
class _Job:
    """One work, whoever waits for it, and what came of it."""

    work: Callable[[sa.Connection], Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: Exception | None = None

    def settle(self) -> None:
        """Tell the one who waits; runs in their loop."""
        if self.done.done():  # they have stopped waiting
            return
        if self.error is None:
            self.done.set_result(self.result)
        else:
            self.done.set_exception(self.error)


class Scribe:
    """A commit, a turn of threads and a wake-up of the loop cost more than most works: here a group shares them.

    A work may be done a second time by itself, when another one of its group has failed: it changes nothing but the
    store. `committed` is called after each commit, before anybody is told.
    """

    def __init__(self, engine: sa.Engine, name: str, committed: Callable[[], None] = lambda: None) -> None:
        self._engine, self._committed = engine, committed
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def do(self, work: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a work returns, once it is committed; raise what it raises, nothing of it kept."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.put(_Job(partial(_call, work, args, kwargs), done, loop))
        return await done

    def stop(self) -> None:
        """Finish what waits."""
        self._waiting.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        stopping = False
        while not stopping and (first := self._waiting.get()) is not None:
            group, stopping = self._gather(first)
            self._do_all(group)
            for loop in {job.loop for job in group}:
                with contextlib.suppress(RuntimeError):  # the loop has closed: nobody waits any more
                    loop.call_soon_threadsafe(_settle, [job for job in group if job.loop is loop])

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        group = [first]
        while len(group) < _GROUP:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _do_all(self, group: Sequence[_Job]) -> None:
        try:
            self._do(group)
        except Exception as error:  # whatever it is, this thread lives on
            if len(group) == 1 or isinstance(error, STORE_AWAY):
                for job in group:
                    job.error = error
            else:
                for job in group:
                    self._do_all([job])

    def _do(self, group: Sequence[_Job]) -> None:
        with self._engine.begin() as connection:
            for job in group:
                job.result = job.work(connection)
        self._committed()


def _call(work: Callable[..., T], args: Sequence[Any], kwargs: dict[str, Any], connection: sa.Connection) -> T:
    return work(connection, *args, **kwargs)


def _settle(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        job.settle()
