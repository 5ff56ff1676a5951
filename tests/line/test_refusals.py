"""What is no delivery of LINE's is turned away in the contract's order, stores nothing and sends nothing."""

from __future__ import annotations

import http.client
import json
import socket
import time
import urllib.parse
from typing import Any

import pytest

from tests.fakes.http import ask
from tests.fakes.line_events import Events
from tests.fakes.line_server import RunningLine
from tests.fakes.line_signature import sign, webhook_body
from tests.fakes.service_process import Service
from tests.line.answers import stays_silent
from tests.line.stored import stored_rows

MIB = 1 << 20


def padded(events: list[Any], size: int) -> bytes:
    """Return a webhook body of exactly so many bytes."""
    body = json.dumps({"destination": "U", "events": events, "padding": ""}).encode()
    return body[:-2] + b"a" * (size - len(body)) + body[-2:]


def nested(depth: int) -> bytes:
    return b'{"events": [' + b'{"a":' * depth + b"1" + b"}" * depth + b"]}"


BODIES = {
    "not JSON": (b"{nope", 400),
    "no bytes": (b"", 400),
    "not UTF-8": (b'{"events": ["\xff\xfe"]}', 400),
    "no object": (b"[]", 400),
    "null": (b"null", 400),
    "no events": (b'{"destination": "U"}', 400),
    "events is an object": (b'{"events": {}}', 400),
    "events is null": (b'{"events": null}', 400),
    "NaN": (b'{"events": [NaN]}', 400),
    "100,000 deep": (nested(100_000), 400),
    "1,000 deep": (nested(1000), 400),
    "lists 200,000 deep": (b'{"events": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", 400),
    "2 MiB": (padded([], 2 * MIB), 413),
    "1 MiB and a byte": (padded([], MIB + 1), 413),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_signed_body_that_is_no_delivery(service: Service, line: RunningLine, name: str) -> None:
    body, status = BODIES[name]
    before = stored_rows(service.data)
    answer = service.post(body=body)
    assert answer.status == status
    assert b"Traceback" not in answer.body
    assert (stored_rows(service.data), line.ledger.calls) == (before, [])


def test_exactly_1_mib_is_taken(service: Service) -> None:
    assert service.post(body=padded([], MIB)).status == 200


@pytest.mark.parametrize(
    "signature",
    ["", "nonsense", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", "Ω", "=" * 44, "a" * 100_000, "\x00"],
)
def test_a_wrong_signature_is_401(service: Service, line: RunningLine, make: Events, user: str, signature: str) -> None:
    body, before = webhook_body(make.text("LINE交換しませんか", user)), stored_rows(service.data)
    answer = _post_raw(service, body, [("X-Line-Signature", signature)])
    assert answer in (401, 400, 431) if len(signature) > 1000 or signature == "\x00" else answer == 401
    assert stays_silent(line.ledger, user, 0.5)
    assert stored_rows(service.data) == before


def test_a_missing_signature_is_401(service: Service, make: Events, user: str) -> None:
    assert _post_raw(service, webhook_body(make.text("LINE交換しませんか", user)), []) == 401


def test_the_signature_of_another_body_is_401(service: Service, make: Events, user: str) -> None:
    other = sign(webhook_body(), service.line.account.channel_secret)
    assert _post_raw(service, webhook_body(make.text("a", user)), [("X-Line-Signature", other)]) == 401


def test_the_signature_is_of_the_raw_bytes(service: Service, line: RunningLine, make: Events, user: str) -> None:
    """The same JSON written otherwise: its own signature holds, though re-writing it would change every byte."""
    body = json.dumps({"events": [make.text("LINE交換しませんか", user)], "destination": "U"}, indent=3).encode()
    assert service.post(body=body).status == 200
    assert line.ledger.wait(lambda ledger: bool(ledger.to(user)), 10)


@pytest.mark.parametrize("header", ["x-line-signature", "X-LINE-SIGNATURE"])
def test_the_headers_case_does_not_matter(service: Service, header: str) -> None:
    body = webhook_body()
    assert _post_raw(service, body, [(header, sign(body, service.line.account.channel_secret))]) == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_other_methods_are_405(service: Service, method: str) -> None:
    assert ask(method, f"{service.url}/line/webhook").status == 405


@pytest.mark.parametrize(
    ("method", "size", "signature", "status"),
    [("PUT", 2 * MIB, "wrong", 405), ("POST", 2 * MIB, "wrong", 413), ("POST", 10, "wrong", 401)],
)
def test_the_order_is_method_size_signature_content(
    service: Service, method: str, size: int, signature: str, status: int
) -> None:
    answer = ask(method, f"{service.url}/line/webhook", b"{" * size, {"X-Line-Signature": signature})
    assert answer.status == status


def test_a_body_without_a_length_is_still_measured(service: Service) -> None:
    """Chunked: the size is not told ahead."""
    parts = urllib.parse.urlsplit(service.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    chunks = (b"a" * 65536 for _ in range(40))
    try:
        connection.request("POST", "/line/webhook", chunks, {"X-Line-Signature": "x"}, encode_chunked=True)
        assert connection.getresponse().status == 413
    finally:
        connection.close()
    assert ask("GET", f"{service.url}/healthz").status == 200


def test_a_caller_who_never_finishes_holds_up_nobody(
    service: Service, line: RunningLine, make: Events, user: str
) -> None:
    parts = urllib.parse.urlsplit(service.url)
    lazy = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(20)]
    for each in lazy:
        each.sendall(b"POST /line/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    began = time.monotonic()
    assert service.post(make.text("LINE交換しませんか", user)).status == 200
    assert time.monotonic() - began < 2
    for each in lazy:
        each.close()


def test_a_refused_body_that_never_ends_is_cut_off(service: Service) -> None:
    """It is read for a moment, so that a client still writing gets to see the 413, and no longer."""
    parts = urllib.parse.urlsplit(service.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as connection:
        connection.sendall(b"POST /line/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\n{")
        began = time.monotonic()
        assert connection.makefile("rb").readline().split()[1] == b"413"
    assert time.monotonic() - began < 5


def _post_raw(service: Service, body: bytes, headers: list[tuple[str, str]]) -> int:
    """Send headers as raw bytes, which the standard client would refuse; return the status."""
    parts = urllib.parse.urlsplit(service.url)
    told = "".join(f"{name}: {value}\r\n" for name, value in headers)
    head = f"POST /line/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{told}\r\n"
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as connection:
        connection.sendall(head.encode() + body)
        return int(connection.makefile("rb").readline().split()[1])
