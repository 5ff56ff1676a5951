"""A stand-in for the model's API that says whatever it is told, and fails in every way that was seen or feared."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Move = Callable[["_Handler"], None]
USAGE = {"input_tokens": 1500, "output_tokens": 200, "total_tokens": 1700}


def response(text: str = "", **changes: Any) -> dict[str, Any]:
    """Return a body of the Responses API."""
    part = {"type": "output_text", "text": text, "annotations": []}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}
    body = {"id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-6-luna", "status": "completed",
            "output": [message], "usage": USAGE, "error": None, "incomplete_details": None, "instructions": None,
            "metadata": {}, "parallel_tool_calls": False, "temperature": None, "tool_choice": "auto", "tools": [],
            "top_p": None}  # fmt: skip
    return body | changes


def say(shell: dict[str, str] | str) -> Move:
    """Answer with a shell, or with any text in its place."""
    text = shell if isinstance(shell, str) else json.dumps(shell, ensure_ascii=False)
    return lambda handler: handler.send_json(200, response(text))


def refuse() -> Move:
    """Answer with a refusal."""
    part = {"type": "refusal", "refusal": "対応できません。"}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}
    return lambda handler: handler.send_json(200, response(output=[message]))


def stop_short(reason: str) -> Move:
    """Answer with an incomplete response."""
    body = response('{"lead": "契約前に', status="incomplete", incomplete_details={"reason": reason})
    return lambda handler: handler.send_json(200, body)


def fail(status: int, *, code: str = "", headers: dict[str, str] | None = None) -> Move:
    """Answer with an error."""
    error = {"message": "no", "type": code or "error", "code": code or None, "param": None}
    return lambda handler: handler.send_json(status, {"error": error}, headers)


def send_page() -> Move:
    """Answer with a web page, as a proxy or a captive portal does."""
    return lambda handler: handler.send_bytes(200, b"<html><body>Login</body></html>", "text/html")


def cut_body() -> Move:
    """Answer with half of the JSON."""
    half = json.dumps(response("{}")).encode()[:120]
    return lambda handler: handler.send_bytes(200, half, "application/json")


def reset() -> Move:
    """Break the connection off in the middle."""

    def move(handler: _Handler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        os.close(handler.connection.detach())

    return move


def hang(seconds: float = 30.0) -> Move:
    """Say nothing at all."""

    def move(handler: _Handler) -> None:
        handler.api.stopping.wait(seconds)

    return move


def drip(seconds: float = 30.0) -> Move:
    """Send a byte now and then, so that no read ever times out."""

    def move(handler: _Handler) -> None:
        handler.start(200, "application/json", 10_000)
        end = time.monotonic() + seconds
        while time.monotonic() < end and not handler.api.stopping.wait(0.1):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return move


@dataclass
class ModelApi:
    """The running stand-in: what it does next, what it has received. The last move is made again and again."""

    url: str
    moves: list[Move] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def will(self, *moves: Move) -> None:
        """Set what it does from now on."""
        self.moves[:] = moves

    def next_move(self) -> Move:
        """Return the move to make now."""
        return self.moves.pop(0) if len(self.moves) > 1 else self.moves[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: ModelApi

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        self.api.bodies.append(json.loads(raw))
        self.api.headers.append(dict(self.headers))
        try:
            self.api.next_move()(self)
        except OSError:
            self.close_connection = True  # the client has left

    def send_json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self.send_bytes(status, json.dumps(body, ensure_ascii=False).encode(), "application/json", headers)

    def send_bytes(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.start(status, kind, len(body), headers)
        self.wfile.write(body)

    def start(self, status: int, kind: str, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(length), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def run_model_api() -> Iterator[ModelApi]:
    """Run the stand-in on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {}))
    server.daemon_threads = True
    api = ModelApi(f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass.api = api  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        api.stopping.set()
        server.shutdown()
        server.server_close()
