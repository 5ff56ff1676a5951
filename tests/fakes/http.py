"""One HTTP request from a test or a bench, with the standard library alone."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Mapping
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """What came back."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


def ask(method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None, wait: float = 30) -> Reply:
    """Send a request; a body that is not bytes goes out as JSON."""
    parts = urllib.parse.urlsplit(url)
    raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} if raw is not None else {}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=wait)
    try:
        connection.request(method, parts.path, raw, sent | dict(headers or {}))
        answer = connection.getresponse()
        return Reply(answer.status, answer.read())
    finally:
        connection.close()
