"""The real service as a process on a data folder of its own, with LINE's settings pointing to the stand-in."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fakes.http import Reply, ask
from tests.fakes.line_server import RunningLine
from tests.fakes.line_signature import signed_headers, webhook_body

ROOT = Path(__file__).parents[2]
OWN = ("LINE_", "KOTOWARI_", "OPENAI_")


class Service:
    """One `kotowari serve`; `start`, `kill` and `stop` may be called in turn, on the same data."""

    def __init__(self, line: RunningLine, folder: Path, **settings: str) -> None:
        self.line, self.folder, self.data = line, folder, folder / "data"
        self.url = ""
        self.log = folder / "service.log"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Return the process's environment: nothing of this shell's own settings, no model."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        own = {"KOTOWARI_DATA_DIR": str(self.data), "KOTOWARI_RATE_LIMIT": "0", "PYTHONUTF8": "1"}
        return bare | self.line.environment | own | self._settings

    def start(self, seconds: float = 60) -> float:
        """Start it and wait until it is ready; return how long that took."""
        began = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        position = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "service", "serve", "--port", "0"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.url = self._address(position, began + seconds)
        while ask_ready(self.url) != 200:
            self._check(began + seconds)
        return time.monotonic() - began

    def _address(self, position: int, until: float) -> str:
        while True:
            with self.log.open("rb") as log:
                log.seek(position)
                for text in log.read().decode(errors="replace").splitlines():
                    if text.startswith("http://"):
                        return text.split("/ ")[0]
            self._check(until)

    def _check(self, until: float) -> None:
        assert self._process is not None
        if self._process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the service did not start:\n{self.log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.02)

    @property
    def is_running(self) -> bool:
        """Return whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int:
        """Return the process's number."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it as a power cut would: no warning, no goodbye."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def post(self, *events: Any, body: bytes | None = None, **headers: str) -> Reply:
        """Post events (or a body as it is) to the webhook, signed; headers named here come instead."""
        raw = webhook_body(*events, destination=self.line.account.bot_user_id) if body is None else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        signed = signed_headers(raw, self.line.account.channel_secret)
        return ask("POST", f"{self.url}/line/webhook", raw, signed | named)

    def post_each(self, events: list[Any], threads: int = 8) -> list[int]:
        """Post each event by itself, several at a time; 0 stands for no answer."""
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self._status, events))

    def _status(self, event: Any) -> int:
        try:
            return self.post(event).status
        except (OSError, http.client.HTTPException):
            return 0

    def log_text(self) -> str:
        """Return everything it wrote to its output."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def serving_line(line: RunningLine, folder: Path, **settings: str) -> Iterator[Service]:
    """Run the service on a folder until the block ends."""
    service = Service(line, folder, **settings)
    try:
        service.start()
        yield service
    finally:
        service.stop()


def ask_ready(url: str) -> int:
    """Return the status of the readiness page; 0 when nothing listens."""
    try:
        return ask("GET", f"{url}/readyz", wait=5).status
    except OSError:
        return 0
