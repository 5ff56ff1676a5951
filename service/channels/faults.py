"""Faults: whatever goes wrong inside becomes a kind answer, and a log line without anybody's words."""

from __future__ import annotations

import logging

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.channels.told import Teller

_logger = logging.getLogger(__name__)


class FaultShield:
    """Answer 500 in place of an exception; its kind alone is logged, because its words may hold a user's text."""

    def __init__(self, app: ASGIApp, teller: Teller, *, debug: bool = False) -> None:
        self._app, self._teller, self._debug = app, teller, debug

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; catch what comes back up."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            _logger.error("request_failed kind=%s", type(error).__name__, exc_info=error if self._debug else None)
            if not started:
                await self._teller(Request(scope), 500)(scope, receive, send)
