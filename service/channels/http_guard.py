"""What holds for every request: a body has a limit, and every answer carries the headers that keep browsers safe."""

from __future__ import annotations

import asyncio
import contextlib
import json

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
# The page of /docs loads its script and style from elsewhere; no other page does.
_DOCS_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' https://cdn.jsdelivr.net; style-src https://cdn.jsdelivr.net; "
    "img-src https://fastapi.tiangolo.com data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_TOO_LARGE = {"error": {"message": "送られた本文が大きすぎます。1MBまでにしてください。"}}


class SecurityHeaders:
    """Add the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"] == "/docs":
                    headers.setdefault("Content-Security-Policy", _DOCS_POLICY)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Answer 413 to a body over the limit, announced or not, before anything reads it."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self._app, self._largest = app, largest

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
        await _refuse(send)


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


async def _refuse(send: Send) -> None:
    told = json.dumps(_TOO_LARGE, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    headers.append((b"content-length", str(len(told)).encode()))
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": told})
