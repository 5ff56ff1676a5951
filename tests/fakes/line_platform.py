"""A stand-in of LINE's Messaging API that remembers and checks like LINE, and misbehaves when told to.

In a test: `with running() as line: ... line.url ... line.ledger.deliveries` (tests/fakes/line_server.py).
As a process: `uv run python -m tests.fakes.line_platform --port 4010 --log delivered.jsonl`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import urllib.parse
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.fakes.line_account import Account
from tests.fakes.line_answers import (
    INVALID_TOKEN,
    MONTHLY_LIMIT,
    NOT_AUTHENTICATED,
    RATE_LIMIT,
    Answer,
    Request,
    invalid,
    refuse,
)
from tests.fakes.line_console import Console
from tests.fakes.line_faults import Fault, Faults
from tests.fakes.line_ledger import Call, Ledger
from tests.fakes.line_menus import Menus
from tests.fakes.line_messages import Messages
from tests.fakes.line_remote import REMOTE, remote_answer
from tests.fakes.line_spec import Problem, body_problems, find_operation

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
MOST_BYTES = 2_000_000
FAULT_ANSWERS = {
    "server_error": refuse(500, "Internal Server Error"),
    "rate_limit": refuse(429, RATE_LIMIT),
    "monthly_limit": refuse(429, MONTHLY_LIMIT),
    "token_used": refuse(400, INVALID_TOKEN),
}


class LinePlatform:
    """The ASGI application; `account`, `ledger`, `faults` and `menus` are there for tests to look at and change."""

    def __init__(self, account: Account | None = None, log: Path | None = None) -> None:
        self.account = account or Account()
        self.ledger = Ledger(log)
        self.faults = Faults()
        self.menus = Menus(self.account)
        self._messages = Messages(self.account, self.ledger)
        self._console = Console(self.account)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or go wrong as the script says."""
        if scope["type"] != "http":
            return
        raw = await _body(receive)
        if scope["path"].startswith(REMOTE):
            await _send(remote_answer(self, scope["path"], raw), send)
            return
        request = _request(scope, raw)
        if request is None:
            asked = Problem(f"{scope['method']} {scope['path']}", "path")
            self.ledger.call(Call(self.account.clock(), "unknown", 404, "Not found", problems=(asdict(asked),)))
            await _send(refuse(404, "Not found"), send)
            return
        fault = self.faults.draw(request.name, self._chat(request))
        answer = await self._answer_with(fault, request)
        self._enter(request, answer, fault)
        if fault and fault.kind == "reset":
            _cut(send)
            await receive()  # until the server has seen the connection go
        else:
            await _send(answer, send, {"x-line-request-id": request.id})

    async def _answer_with(self, fault: Fault | None, request: Request) -> Answer:
        if fault and fault.when == "before":
            return await self._only_fault(request, fault)
        answer = await self._answer(request)
        if fault and fault.kind == "wait":
            await asyncio.sleep(fault.seconds)
        return FAULT_ANSWERS.get(fault.kind, answer) if fault else answer

    async def _only_fault(self, request: Request, fault: Fault) -> Answer:
        """Go wrong before anything is accepted; a call that only waits is answered after all."""
        if fault.kind == "wait":
            await asyncio.sleep(fault.seconds)
            return await self._answer(request)
        if fault.kind == "token_used" and isinstance(request.body, dict):
            self.account.spend(str(request.body.get("replyToken")))
        return FAULT_ANSWERS.get(fault.kind, Answer())

    def _chat(self, request: Request) -> str:
        body = request.body if isinstance(request.body, dict) else {}
        return str(body.get("to") or body.get("chatId") or self.account.chat_of(str(body.get("replyToken"))))

    def _enter(self, request: Request, answer: Answer, fault: Fault | None) -> None:
        status = 0 if fault and fault.kind == "reset" else answer.status
        problems = tuple(asdict(problem) for problem in answer.problems)
        told = f"{fault.kind} {fault.when}" if fault else None
        body = request.body if problems else None
        now = self.account.clock()
        self.ledger.call(Call(now, request.name, status, answer.message, told, problems, body, request.port))

    async def _answer(self, request: Request) -> Answer:
        refused = self._refused(request)
        if refused:
            return refused
        id = request.operation.id
        if id in self.menus.operations:
            return self.menus.answer(request)
        if id in self._messages.operations:
            return self._messages.operations[id](request)
        if id == "testWebhookEndpoint":  # calls the service, which may live on this very loop
            return await asyncio.to_thread(self._console.operations[id], request)
        return self._console.operations[id](request)

    def _refused(self, request: Request) -> Answer | None:
        """Return what is refused before the operation is looked at."""
        if request.headers.get("authorization") != f"Bearer {self.account.channel_token}":
            return refuse(401, NOT_AUTHENTICATED, Problem("wrong or missing", "Authorization"))
        if not self.account.within_rate(request.operation.id):
            return refuse(429, RATE_LIMIT)
        if len(request.raw) > MOST_BYTES:
            return refuse(413, "Request entity too large", Problem("at most 2 MB", "body"))
        schema = request.operation.body
        if schema is None or (not request.raw and request.operation.id == "testWebhookEndpoint"):
            return None
        if not request.headers.get("content-type", "").startswith("application/json"):
            return refuse(415, "Unsupported media type", Problem("must be application/json", "Content-Type"))
        if request.body is None:
            return refuse(400, "The request body could not be parsed as JSON", Problem("not JSON", "body"))
        problems = body_problems(schema, request.body)
        return invalid(problems) if problems else None


def _request(scope: Scope, raw: bytes) -> Request | None:
    # As it was sent: an id may hold an encoded slash.
    found = find_operation(scope["method"], scope["raw_path"].decode("latin-1"))
    if found is None:
        return None
    operation, blanks = found[0], {name: urllib.parse.unquote(value) for name, value in found[1].items()}
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    try:
        body = json.loads(raw) if operation.body and raw else None
    except ValueError:
        body = None
    return Request(operation, blanks, headers, raw, body, str(uuid.uuid4()), (scope.get("server") or ("", 0))[1])


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        event = await receive()
        parts.append(event.get("body", b""))
        more = event.get("more_body", False)
    return b"".join(parts)


async def _send(answer: Answer, send: Send, more: dict[str, str] | None = None) -> None:
    raw = json.dumps(answer.body, ensure_ascii=False).encode() if answer.raw is None else answer.raw
    headers = {"content-type": "application/json", **answer.headers, **(more or {}), "content-length": str(len(raw))}
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": raw})


def _cut(send: Send) -> None:
    """Reset the connection under uvicorn's feet; `send` is a method of the request it serves."""
    transport = send.__self__.transport  # type: ignore[attr-defined]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


if __name__ == "__main__":
    from tests.fakes.line_server import main

    main()
