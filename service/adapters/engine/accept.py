"""Accepting: events become durable tickets, many webhooks in one transaction, before any of them is acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions

from service.adapters.engine.databases import sync_log
from service.adapters.engine.names import APP, QUEUE, SERIALIZER, VERSION, WORKFLOW
from service.adapters.engine.scribe import STORE_AWAY, Scribe
from service.adapters.line.inbox import Arrival, Ticket

_LOG = logging.getLogger("kotowari.line")

Take = Callable[[sa.Connection, Arrival], Ticket | None]


class Acceptor:
    """Keeps events with a connection and a thread of its own: what is acknowledged is on the disk."""

    def __init__(self, engine: sa.Engine, take: Take) -> None:
        self._engine, self._take = engine, take
        self._client = DBOSClient(system_database_engine=engine, serializer=SERIALIZER, application_name=APP)
        self._scribe = Scribe(engine, "line-accept", partial(sync_log, engine))

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Return when the events are safe; raise where they could not be kept."""
        try:
            await self._scribe.do(self._keep, arrivals)
        except STORE_AWAY:
            raise  # none of them is kept
        except Exception:  # one of them cannot be kept, whatever it is: the others are
            for arrival in arrivals:
                await self._keep_or_drop(arrival)

    async def _keep_or_drop(self, arrival: Arrival) -> None:
        try:
            await self._scribe.do(self._keep, [arrival])
        except STORE_AWAY:
            raise
        except Exception as error:
            _LOG.error("line.event.dropped kind=%s reason=%s", arrival.kind, type(error).__name__)

    def stop(self) -> None:
        """Finish what waits, then let go of the connection."""
        self._scribe.stop()
        self._client.destroy()
        self._engine.dispose()

    def _keep(self, connection: sa.Connection, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            if ticket := self._take(connection, arrival):
                self._client.enqueue_in_transaction(connection, _options(ticket), ticket.event)


def _options(ticket: Ticket) -> EnqueueOptions:
    return {
        "queue_name": QUEUE,
        "workflow_name": WORKFLOW,
        "workflow_id": ticket.id,
        "queue_partition_key": ticket.queue,
        "app_version": VERSION,
        "application_name": APP,
    }
