"""What holds for every request: a body has a limit, and every answer carries the headers that keep browsers safe."""

from __future__ import annotations

import asyncio
import contextlib

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.channels.told import Teller

LARGEST_BODY = 1 << 20  # bytes; exactly this many are taken
_READ_AWAY = 8 << 20  # bytes of a refused body that are read and thrown away
_READ_FOR = 2.0  # seconds
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}


class SecurityHeaders:
    """Add the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (_HEADERS | _ENCRYPTED if scope["scheme"] == "https" else _HEADERS).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Answer 413 to a body over the limit, announced or not, before anything reads it."""

    def __init__(self, app: ASGIApp, teller: Teller, largest: int = LARGEST_BODY) -> None:
        self._app, self._teller, self._largest = app, teller, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then pass the request on."""
        if scope["type"] != "http" or scope["method"] != "POST":  # no other method has a body that is read
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"0")
        body, more = b"", True
        refused = announced.isdigit() and int(announced) > self._largest
        while more and not refused:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            refused, more = len(body) > self._largest, message.get("more_body", False)
        if not refused:
            await self._app(scope, _replay(body, receive), send)
            return
        if more and b"expect" not in headers:  # who asked first has sent nothing yet
            await _read_away(receive)
        response = self._teller(Request(scope), 413)
        response.headers["Connection"] = "close"
        await response(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


async def _read_away(receive: Receive) -> None:
    """Let a client finish sending, within reason: cut off in the midst of it, it would never read the answer."""
    seen, more = 0, True
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_READ_FOR):
            while more and seen < _READ_AWAY:
                message = await receive()
                seen += len(message.get("body", b""))
                more = message.get("more_body", False)


class PublicGzip:
    """Compress answers, but for the paths behind a login: what is secret beside what was sent must not be packed with it."""

    def __init__(self, app: ASGIApp, private: str) -> None:
        self._plain, self._packed, self._private = app, GZipMiddleware(app, minimum_size=800, compresslevel=6), private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        private = scope["type"] == "http" and scope["path"].startswith(self._private)
        await (self._plain if private else self._packed)(scope, receive, send)
