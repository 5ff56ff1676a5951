"""Runs an ASGI app on a loopback port: in a thread for tests, or (the stand-in of LINE) as a process of its own."""

from __future__ import annotations

import argparse
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn

from tests.fakes.line_account import Account
from tests.fakes.line_faults import Faults
from tests.fakes.line_ledger import Ledger
from tests.fakes.line_platform import LinePlatform, Receive, Scope, Send


class RunningLine:
    """A stand-in that listens: where, and what it remembers. `renew` puts a fresh one behind the same address."""

    def __init__(self, platform: LinePlatform, url: str = "") -> None:
        self.platform, self.url = platform, url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the stand-in of the moment."""
        await self.platform(scope, receive, send)

    def renew(self, account: Account | None = None) -> None:
        """Forget everything: a server is started once for many tests."""
        self.platform = LinePlatform(account)

    @property
    def account(self) -> Account:
        """Return LINE's memory."""
        return self.platform.account

    @property
    def ledger(self) -> Ledger:
        """Return what was called and delivered."""
        return self.platform.ledger

    @property
    def faults(self) -> Faults:
        """Return what is to go wrong."""
        return self.platform.faults

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings that point a service here."""
        return {
            "LINE_API_BASE": self.url,
            "LINE_DATA_API_BASE": self.url,
            "LINE_CHANNEL_SECRET": self.account.channel_secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.account.channel_token,
        }


@contextlib.contextmanager
def running(account: Account | None = None, log: Path | None = None, port: int = 0) -> Iterator[RunningLine]:
    """Run a stand-in in a thread of this process."""
    line = RunningLine(LinePlatform(account, log))
    try:
        with serving(line, port) as line.url:
            yield line
    finally:
        line.ledger.close()


@contextlib.contextmanager
def serving(app: Any, port: int = 0) -> Iterator[str]:
    """Serve an ASGI app on the loopback address from a thread; give its address without a slash at the end."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    server = uvicorn.Server(_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.005)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def _config(app: Any, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1, ws="none", **more
    )


def main() -> None:
    """Serve the stand-in until interrupted; print its address once it listens."""
    parser = argparse.ArgumentParser(description="A stand-in of LINE's Messaging API on this machine.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, help="a file for every call and delivery, one JSON object a line")
    parser.add_argument("--token", default=Account().channel_token)
    parser.add_argument("--secret", default=Account().channel_secret)
    chosen = parser.parse_args()
    account = Account(channel_token=chosen.token, channel_secret=chosen.secret, quota=None)
    with running(account, chosen.log, chosen.port) as line, contextlib.suppress(KeyboardInterrupt):
        print(line.url, flush=True)  # noqa: T201
        threading.Event().wait()
