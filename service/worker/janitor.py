"""The janitor: cleans the files after an erasure, and deletes what has grown old."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from service.adapters.clock import now_ms
from service.worker.tools import Tools

_LOG = logging.getLogger("kotowari.line")
_LOOK = 1.0  # seconds
_SWEEP = 3_600_000  # milliseconds


class Janitor:
    """A task beside the turns. `sweep_engine` deletes the engine's finished turns."""

    def __init__(self, tools: Tools, sweep_engine: Callable[[], Awaitable[None]]) -> None:
        self._tools, self._sweep_engine = tools, sweep_engine
        self._dirty = True  # a crash may have come between an erasure and its cleaning
        self._swept = 0
        self._task: asyncio.Task[None] | None = None

    def erased(self) -> None:
        """Take note that something was erased."""
        self._dirty = True

    def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; a last erasure is cleaned up before."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._clean()

    async def _run(self) -> None:
        while True:
            await self._clean()
            if now_ms() - self._swept > _SWEEP:
                await self._sweep()
            await asyncio.sleep(_LOOK)

    async def _clean(self) -> None:
        if not self._dirty:
            return
        self._dirty = False
        try:
            clean = await self._tools.aside(self._tools.eraser.clean_up)
        except Exception as error:
            _LOG.warning("line.clean_up.failed reason=%s", type(error).__name__)
            clean = False
        self._dirty = self._dirty or not clean

    async def _sweep(self) -> None:
        self._swept = now_ms()
        try:
            await self._tools.aside(self._tools.eraser.sweep, now_ms(), days=self._tools.settings.retention_days)
            await self._sweep_engine()
        except Exception as error:
            _LOG.warning("line.sweep.failed reason=%s", type(error).__name__)
        self._dirty = True
