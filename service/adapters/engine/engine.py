"""The durable engine (DBOS): runs each ticket once, a user's in order, and again after a crash."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import anyio.to_thread
import sqlalchemy as sa
from dbos import DBOS, DBOSConfig

from service.adapters.engine.accept import Acceptor, Take
from service.adapters.engine.alone import FolderLock
from service.adapters.engine.databases import open_accept
from service.adapters.engine.names import APP, QUEUE, SERIALIZER, VERSION, WORKFLOW
from service.adapters.engine.takeover import Takeover
from service.adapters.line.inbox import Arrival
from service.settings import Settings

_ALONE = "line"  # alone on its file a process is always the same one, and takes up what it left behind
_AT_ONCE = 1000  # events in work; most of them wait for a user's next bubble
_POLL = 0.15  # seconds; a look costs five milliseconds of processor, and most answers wait longer for a next bubble
_MOST_CRASHES = 10  # a ticket that brings the process down more often is put aside
_KEPT = timedelta(days=3)  # finished tickets, against late redeliveries
_SWEPT = 500  # tickets deleted in one go

Run = Callable[[str], Awaitable[None]]


class DurableEngine:
    """The engine's life: `start`, `accept`, `stop`. One a process, as DBOS has it."""

    def __init__(self, settings: Settings, work: sa.Engine, *, take: Take, run: Run) -> None:
        self._settings, self._work, self._take, self._run = settings, work, take, run
        self._acceptor: Acceptor | None = None
        self._takeover: Takeover | None = None
        self._alone: FolderLock | None = None

    async def start(self) -> None:
        """Open the queue; what a crash left behind is taken up at once."""
        executor = _ALONE
        if not self._settings.database_url:
            self._alone = await anyio.to_thread.run_sync(FolderLock, self._settings.data_dir)
        if self._settings.database_url:
            # Before the first ticket is taken: whoever holds the lock of its name is alive.
            self._takeover = await anyio.to_thread.run_sync(Takeover, self._settings)
            executor = self._takeover.executor
        DBOS(config=self._config(executor))
        logging.getLogger("dbos").addFilter(_leave_out_traces)
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_MOST_CRASHES)(self._make_workflow())
        DBOS.launch()
        await DBOS.register_queue_async(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=_AT_ONCE,
            polling_interval_sec=_POLL,
            on_conflict="always_update",
        )
        self._acceptor = await anyio.to_thread.run_sync(Acceptor, open_accept(self._settings), self._take)
        if self._takeover:
            self._takeover.start()

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Return when the events are safe; raise where they could not be kept."""
        if self._acceptor is None:
            raise RuntimeError("the engine is not running")
        await self._acceptor.accept(arrivals)

    async def stop(self) -> None:
        """Let go of everything; what is not finished is taken up at the next start."""
        if self._acceptor:
            await anyio.to_thread.run_sync(self._acceptor.stop)
        if self._takeover:
            await anyio.to_thread.run_sync(self._takeover.stop)
        await anyio.to_thread.run_sync(lambda: DBOS.destroy(destroy_registry=True))
        if self._alone:
            self._alone.release()

    async def sweep(self) -> None:
        """Delete finished tickets that have grown old."""
        before = (datetime.now(UTC) - _KEPT).isoformat()
        while True:
            old = await DBOS.list_workflows_async(
                status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
                completed_before=before,
                limit=_SWEPT,
                load_input=False,
                load_output=False,
            )
            await DBOS.delete_workflows_async([each.workflow_id for each in old])
            if len(old) < _SWEPT:
                return

    def _make_workflow(self) -> Run:
        run = self._run

        async def line_event(event: str) -> None:
            await run(event)

        return line_event

    def _config(self, executor: str) -> DBOSConfig:
        return {
            "name": APP,
            "system_database_url": self._work.url.render_as_string(hide_password=False),
            "system_database_engine": self._work,
            "application_version": VERSION,
            "executor_id": executor,
            "max_executor_threads": 16,
            "serializer": SERIALIZER,
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.5,  # the listener looks up from its sleep as often when it stops
            "log_level": "ERROR",
        }


def _leave_out_traces(record: logging.LogRecord) -> bool:
    """An engine's error is told in a line: a trace could quote a value."""
    record.exc_info = record.exc_text = record.stack_info = None
    return True
