"""The LINE service: takes events from the webhook and answers them, for as long as the application runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential_jitter

from service.adapters.clock import now_ms
from service.adapters.engine.databases import open_work
from service.adapters.engine.engine import DurableEngine
from service.adapters.engine.scribe import Scribe
from service.adapters.files import prompts_folder
from service.adapters.line.cases import Cases
from service.adapters.line.erasure import Eraser
from service.adapters.line.inbox import Inbox
from service.adapters.line.keys import open_vault
from service.adapters.line.tables import create_tables
from service.adapters.line_texts import read_talk
from service.adapters.vault import Vault
from service.channels.line.events import LineEvent
from service.consultant import Consultant
from service.delivery.line_client import LineClient
from service.errors import InputError
from service.settings import Settings
from service.worker.arriving import list_arrivals
from service.worker.janitor import Janitor
from service.worker.tools import STORE_FAILURES, Tools
from service.worker.turn import Turns

_LOG = logging.getLogger("kotowari.line")
_GRACE = 6.0  # seconds that turns under way get at the end; the others are taken up at the next start


class LineService:
    """Made before anything listens; `start` and `stop` belong to the loop that serves."""

    def __init__(self, settings: Settings, consultant: Consultant) -> None:
        self._settings = settings
        work = open_work(settings)
        vault = _prepare(settings, work)
        talk = read_talk(prompts_folder(settings.prompts_dir))
        inbox, cases, eraser = Inbox(work, vault), Cases(work, vault), Eraser(work)
        self._work = work
        self._scribe = Scribe(work, "line-store")
        self._tools = Tools(settings, consultant, talk, vault, inbox, cases, eraser, self._scribe)
        self._engine = DurableEngine(settings, work, take=inbox.take, run=self._run)
        self._janitor = Janitor(self._tools, self._engine.sweep)
        self._client: LineClient | None = None
        self._turns: Turns | None = None
        self._under_way: set[asyncio.Task[object]] = set()

    async def start(self) -> None:
        """Open the client, then the engine: what a crash left behind is answered at once."""
        self._client = LineClient(self._settings)
        self._turns = Turns(self._tools, self._client, erased=self._janitor.erased)
        await self._engine.start()
        self._janitor.start()

    async def accept(self, events: Sequence[LineEvent]) -> None:
        """Keep events; return when they are safe."""
        if arrivals := list_arrivals(events, self._tools.vault, now=now_ms()):
            await self._engine.accept(arrivals)

    async def stop(self) -> None:
        """Let turns under way end, then let go of everything."""
        until = now_ms() + _GRACE * 1000
        while self._under_way and now_ms() < until:
            await asyncio.sleep(0.05)
        for turn in (left := list(self._under_way)):
            turn.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._janitor.stop()
        await self._engine.stop()
        if self._client:
            await self._client.close()
        self._scribe.stop()
        self._work.dispose()

    async def _run(self, event: str) -> None:
        """Take a turn; where the store fails it is taken again, until it is there."""
        turn: asyncio.Task[object] | None = asyncio.current_task()
        if turn is None:
            raise RuntimeError("a turn is a task")
        self._under_way.add(turn)
        try:
            await self._take(event)
        except STORE_FAILURES:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(STORE_FAILURES),
                wait=wait_exponential_jitter(multiplier=0.2, max=10),
            ):
                with attempt:
                    await self._take(event)
        finally:
            self._under_way.discard(turn)

    async def _take(self, event: str) -> None:
        if self._turns is None:
            raise RuntimeError("the service is not running")
        try:
            await self._turns.take(event)
        except STORE_FAILURES as error:
            _LOG.warning("line.store.failed reason=%s", type(error).__name__)
            raise
        except Exception as error:  # nothing of it may reach the engine's log: it could quote a text
            _LOG.error("line.turn.failed reason=%s", type(error).__name__)
            if waiting := await self._tools.scribe.do(self._tools.inbox.find, event):
                await self._tools.scribe.do(self._tools.inbox.fail, waiting)


def _prepare(settings: Settings, work: Engine) -> Vault:
    """Make the tables where they are missing, and find the key."""
    try:
        create_tables(work)
        return open_vault(settings, work)
    except SQLAlchemyError as error:
        raise InputError(
            "保存先につながりません。KOTOWARI_DATABASE_URL か、データフォルダを確かめてください。"
        ) from error
