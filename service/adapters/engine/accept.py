"""Accepting: events become durable tickets, many webhooks in one transaction, before any of them is acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions

from service.adapters.engine.databases import sync_log
from service.adapters.engine.names import APP, QUEUE, SERIALIZER, VERSION, WORKFLOW
from service.adapters.line.inbox import Arrival, Ticket

_LOG = logging.getLogger("kotowari.line")
_GROUP = 64  # webhooks in one transaction

Take = Callable[[sa.Connection, Arrival], Ticket | None]


@dataclass(frozen=True, slots=True)
class _Batch:
    """One webhook's events, and whoever waits for them to be safe."""

    arrivals: Sequence[Arrival]
    done: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


class Acceptor:
    """A thread with a connection of its own: it groups what waits, commits, syncs, and lets the webhooks answer."""

    def __init__(self, engine: sa.Engine, take: Take) -> None:
        self._engine, self._take = engine, take
        self._waiting: queue.SimpleQueue[_Batch | None] = queue.SimpleQueue()
        self._client = DBOSClient(system_database_engine=engine, serializer=SERIALIZER, application_name=APP)
        self._thread = threading.Thread(target=self._run, name="line-accept", daemon=True)
        self._thread.start()

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Return when the events are safe; raise where they could not be kept."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.put(_Batch(arrivals, done, loop))
        await done

    def stop(self) -> None:
        """Finish what waits, then let go of the connection."""
        self._waiting.put(None)
        self._thread.join(timeout=10)
        self._client.destroy()
        self._engine.dispose()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, stopping = self._gather(first)
            error: Exception | None = None
            try:
                self._keep_all([arrival for batch in group for arrival in batch.arrivals])
            except Exception as reason:  # whatever it is: LINE is told to come again, and this thread lives on
                error = reason
            for batch in group:
                _tell(batch, error)
            if stopping:
                return

    def _gather(self, first: _Batch) -> tuple[list[_Batch], bool]:
        group = [first]
        while len(group) < _GROUP:
            try:
                batch = self._waiting.get_nowait()
            except queue.Empty:
                break
            if batch is None:
                return group, True
            group.append(batch)
        return group, False

    def _keep_all(self, arrivals: Sequence[Arrival]) -> None:
        try:
            self._keep(arrivals)
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise  # the database is away: none of them is kept
        except Exception:  # one of them cannot be kept, whatever it is: the others are
            for arrival in arrivals:
                self._keep_or_drop(arrival)

    def _keep_or_drop(self, arrival: Arrival) -> None:
        try:
            self._keep([arrival])
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise
        except Exception as error:
            _LOG.error("line.event.dropped kind=%s reason=%s", arrival.kind, type(error).__name__)

    def _keep(self, arrivals: Sequence[Arrival]) -> None:
        with self._engine.begin() as connection:
            for arrival in arrivals:
                if ticket := self._take(connection, arrival):
                    self._client.enqueue_in_transaction(connection, _options(ticket), ticket.event)
        sync_log(self._engine)


def _options(ticket: Ticket) -> EnqueueOptions:
    return {
        "queue_name": QUEUE,
        "workflow_name": WORKFLOW,
        "workflow_id": ticket.id,
        "queue_partition_key": ticket.queue,
        "app_version": VERSION,
        "application_name": APP,
    }


def _tell(batch: _Batch, error: Exception | None) -> None:
    def settle() -> None:
        if batch.done.done():  # the webhook has stopped waiting
            return
        if error is None:
            batch.done.set_result(None)
        else:
            batch.done.set_exception(error)

    with contextlib.suppress(RuntimeError):  # the loop has closed: nobody waits any more
        batch.loop.call_soon_threadsafe(settle)
