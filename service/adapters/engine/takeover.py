"""Takeover: where several processes share PostgreSQL, the tickets of a dead one go back into the queue."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading

import sqlalchemy as sa
from dbos import DBOSClient

from service.adapters.database import to_sqlalchemy_url
from service.adapters.engine.names import APP, QUEUE, SERIALIZER
from service.settings import Settings

_EVERY = 2.0  # seconds
_LOG = logging.getLogger("kotowari.line")
_PENDING = sa.text("SELECT DISTINCT executor_id FROM dbos.workflow_status WHERE status = 'PENDING' AND queue_name = :q")


class Takeover:
    """Each process holds a lock named after itself for as long as its session lives; a free lock means a dead process."""

    def __init__(self, settings: Settings) -> None:
        # No pool in between: a session is the lock's life.
        url = to_sqlalchemy_url(settings.database_url)
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
        self._session = self._engine.connect()
        self.executor = self._choose_name(settings.executor_id)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="line-takeover", daemon=True)

    def start(self) -> None:
        """Begin to look after the others."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of the lock: from now on the others may take over."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=10)
        self._session.close()
        self._engine.dispose()

    def _choose_name(self, wanted: str) -> str:
        """Take the wanted name, or a new one where another process still bears it."""
        if wanted and self._lock(self._session, wanted):
            return wanted
        if wanted:
            _LOG.warning("line.executor.taken")
        name = f"line-{secrets.token_hex(8)}"
        self._lock(self._session, name)
        return name

    def _lock(self, session: sa.Connection, name: str) -> bool:
        return bool(session.execute(sa.select(sa.func.pg_try_advisory_lock(_number(name)))).scalar())

    def _run(self) -> None:
        client: DBOSClient | None = None
        while not self._stopping.wait(_EVERY):
            try:
                client = client or DBOSClient(
                    system_database_engine=self._engine, serializer=SERIALIZER, application_name=APP
                )
                self._look(client)
            except Exception as error:  # the database may be restarting: the lock is taken anew
                _LOG.warning("line.takeover.failed reason=%s", type(error).__name__)
                self._hold_again()

    def _hold_again(self) -> None:
        try:
            self._session.close()
            self._session = self._engine.connect()
            self._lock(self._session, self.executor)
        except Exception as error:
            _LOG.warning("line.takeover.no_lock reason=%s", type(error).__name__)

    def _look(self, client: DBOSClient) -> None:
        self._session.execute(sa.select(1))  # raises where the session, and with it our lock, is lost
        with self._engine.connect() as connection:
            busy = [name for (name,) in connection.execute(_PENDING, {"q": QUEUE}) if name != self.executor]
            for name in busy:
                if self._lock(connection, name):
                    try:
                        _take_over(client, name)
                    finally:
                        connection.execute(sa.select(sa.func.pg_advisory_unlock(_number(name))))


def _take_over(client: DBOSClient, executor: str) -> None:
    left = client.list_workflows(executor_id=[executor], status=["PENDING"], load_input=False, load_output=False)
    client.resume_workflows([each.workflow_id for each in left], queue_name=QUEUE)
    _LOG.warning("line.takeover tickets=%d", len(left))


def _number(executor: str) -> int:
    return int.from_bytes(hashlib.sha256(f"kotowari/{executor}".encode()).digest()[:8], "big", signed=True)
