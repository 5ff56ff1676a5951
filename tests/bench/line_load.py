"""How quickly the LINE service acknowledges and answers, beside the SDK's own echo example in the same minute.

    uv run python -m tests.bench.line_load            # all of it, about four minutes
    uv run python -m tests.bench.line_load --short    # a look, a minute

The stand-in of LINE, the service, the echo and this loader are four processes on one machine; times are the wall
clock's. Both servers are warmed, then each rate is run against the one and at once against the other. An open loop:
posts leave when they are due, however slow the answers are. The joining wait (1.5 s in which a user's next bubble is
waited for) is told apart: the answer's time is counted from its end. Processor time is each process's own, so that
what the loader and the stand-in use is not the service's; it is told beside it, because they share the cores.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.http import ask
from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_signature import signed_headers, webhook_body
from tests.fakes.service_process import ROOT, ask_ready

JOINING = 1.5
TEXT = "契約前ですが、Zoomで面接をお願いします。ツール代は先にお支払いください。"


@dataclass(frozen=True, slots=True)
class Run:
    """One run's figures; times in seconds."""

    acks: list[float]
    replies: list[float]
    refused: int  # not acknowledged: LINE would deliver them again
    unanswered: int  # acknowledged, and never answered
    span: float  # from the first post to the last answer
    cpu: float  # the server's own seconds of processor per event; not a number where the system does not tell
    others: float  # the loader's and the stand-in's, per event
    load: float  # of the machine, when the run was over

    def ack(self, share: float) -> float:
        """Return a percentile of the acknowledgements."""
        return percentile(self.acks, share)

    def sustained(self, less: float = 0.0) -> float:
        """Return the answers a second, from the first post to the last answer, less a wait that is part of it."""
        return len(self.replies) / (self.span - less)

    def reply(self, share: float, less: float = 0.0) -> float:
        """Return a percentile of the answers, less a wait that is part of them."""
        return percentile(self.replies, share) - less


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of all lies."""
    return statistics.quantiles(values, n=1000)[round(share * 1000) - 1] if len(values) > 1 else float("nan")


def cpu_seconds(process: int) -> float:
    """Return the processor time a process has used so far."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, and its process."""

    url: str
    process: int


class Rig:
    """A stand-in as a process, and the servers beside it."""

    def __init__(self, line: str, process: int, environment: dict[str, str]) -> None:
        self.line, self._process, self._environment = line, process, environment
        self._number = int(time.time()) << 20  # noqa: TID251

    @contextlib.contextmanager
    def serving(self, *command: str) -> Iterator[Server]:
        """Run a server; give its address and number once it is ready."""
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, **self._environment, "KOTOWARI_DATA_DIR": f"{folder}/data"}
            log = Path(folder, "log")
            with log.open("wb") as output:
                process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=output)
            try:
                yield Server(_address(log, process), process.pid)
            finally:
                process.terminate()
                process.wait(20)

    def measure(self, server: Server, rate: float, seconds: float) -> Run:
        """Post so many events a second, each of a user of its own, and collect when each was answered."""
        count = int(rate * seconds)
        users = [user_id(self._number + step) for step in range(count)]
        self._number += count
        make = Events(Account(channel_secret=self._environment["LINE_CHANNEL_SECRET"]))
        events = [make.text(TEXT, user) for user in users]
        tokens = [[user, event["replyToken"]] for user, event in zip(users, events, strict=True)]
        ask("POST", f"{self.line}/_standin/forget")
        ask("POST", f"{self.line}/_standin/tokens", {"tokens": tokens})
        before = self._spent(server)
        posts = asyncio.run(_post_all(server.url, events, rate, self._environment["LINE_CHANNEL_SECRET"]))
        answered = self._answers(count)
        spent = [(now - then) / count for now, then in zip(self._spent(server), before, strict=True)]
        return _run(posts, [token for _, token in tokens], answered, spent)

    def _spent(self, server: Server) -> tuple[float, float]:
        """Return the server's processor time, and the loader's and the stand-in's."""
        return cpu_seconds(server.process), cpu_seconds(self._process) + time.process_time()

    def _answers(self, count: int) -> dict[str, float]:
        quiet, seen, until = 0, -1, time.monotonic() + 60
        times: list[Any] = []
        while len(times) < count and time.monotonic() < until and quiet < 12:
            time.sleep(0.5)
            times = ask("GET", f"{self.line}/_standin/times").json
            quiet = quiet + 1 if len(times) == seen else 0
            seen = len(times)
        return {token: at for token, at, _ in times}


def _run(
    posts: list[tuple[float, float, int]], tokens: list[str], answered: dict[str, float], spent: list[float]
) -> Run:
    acks = [took for _, took, status in posts if status == 200]
    replies = [answered[token] - at for (at, _, _), token in zip(posts, tokens, strict=True) if token in answered]
    span = max(answered.values(), default=0.0) - min(at for at, _, _ in posts)
    refused = sum(status != 200 for _, _, status in posts)
    known = [token for (_, _, status), token in zip(posts, tokens, strict=True) if status == 200]
    unanswered = sum(token not in answered for token in known)
    cpu, others = spent
    return Run(acks, replies, refused, unanswered, span, cpu, others, os.getloadavg()[0])


async def _post_all(url: str, events: list[Any], rate: float, secret: str) -> list[tuple[float, float, int]]:
    """Post each event when it is due; return when each left, how long it took, and its status."""
    connector = aiohttp.TCPConnector(limit=256)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30)) as session:
        began = time.monotonic()

        async def post(number: int, event: Any) -> tuple[float, float, int]:
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            body = webhook_body(event)
            left, clock = time.monotonic(), time.time()  # noqa: TID251
            try:
                async with session.post(
                    f"{url}/line/webhook", data=body, headers=signed_headers(body, secret)
                ) as reply:
                    await reply.read()
                    return clock, time.monotonic() - left, reply.status
            except (aiohttp.ClientError, TimeoutError):
                return clock, time.monotonic() - left, 0

        return await asyncio.gather(*(post(number, event) for number, event in enumerate(events)))


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        told = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("http://")]
        if told and ask_ready(url := told[0].split("/ ")[0]) == 200:
            return url
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def rig() -> Iterator[Rig]:
    """Start the stand-in as a process."""
    account = Account()
    command = [sys.executable, "-m", "tests.fakes.line_platform"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        settings = {
            "LINE_API_BASE": url,
            "LINE_DATA_API_BASE": url,
            "LINE_CHANNEL_SECRET": account.channel_secret,
            "LINE_CHANNEL_ACCESS_TOKEN": account.channel_token,
            "OPENAI_API_KEY": "",
            "KOTOWARI_RATE_LIMIT": "0",
        }
        try:
            yield Rig(url, process.pid, settings)
        finally:
            process.terminate()


def main() -> None:
    """Measure both in turn and print the table."""
    parser = argparse.ArgumentParser(description="Acknowledgement, answer and throughput of the LINE service.")
    parser.add_argument("--short", action="store_true", help="a quarter of the time")
    seconds = 5 if parser.parse_args().short else 20
    print(f"Python {platform.python_version()} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f} at the start")
    with (
        rig() as both,
        both.serving("-m", "tests.bench.sdk_echo") as echo,
        both.serving("-m", "service", "serve", "--port", "0") as service,
    ):
        idle = _idle(service.process)
        for server in (echo, service):
            both.measure(server, 30, 4)  # warm
        pairs = [
            (both.measure(service, rate, seconds), both.measure(echo, rate, seconds)) for rate in (30, 10, 60, 120)
        ]
    _table([own for own, _ in pairs], [other for _, other in pairs])
    print(f"processor of the idle service: {idle * 100:.1f} % of a core")


def _idle(process: int, seconds: float = 5.0) -> float:
    """Return the share of a core that a process uses when nothing is asked of it."""
    time.sleep(seconds)  # what starting set going comes to rest
    before = cpu_seconds(process)
    time.sleep(seconds)
    return (cpu_seconds(process) - before) / seconds


def _table(ours: list[Run], theirs: list[Run]) -> None:
    rows = [
        ("ack p50 at 30 ev/s, ms", ours[0].ack(0.5), theirs[0].ack(0.5)),
        ("ack p99 at 30 ev/s, ms", ours[0].ack(0.99), theirs[0].ack(0.99)),
        ("answer p50 at 10 ev/s, ms*", ours[1].reply(0.5, JOINING), theirs[1].reply(0.5)),
        ("answer p99 at 10 ev/s, ms*", ours[1].reply(0.99, JOINING), theirs[1].reply(0.99)),
        ("answer p50 at 30 ev/s, ms*", ours[0].reply(0.5, JOINING), theirs[0].reply(0.5)),
        ("ack p99 at 60 ev/s, ms", ours[2].ack(0.99), theirs[2].ack(0.99)),
        ("ack p99 at 120 ev/s, ms", ours[3].ack(0.99), theirs[3].ack(0.99)),
        ("processor per event at 30, ms", ours[0].cpu, theirs[0].cpu),
        ("processor per event at 120, ms", ours[3].cpu, theirs[3].cpu),
        ("  loader and stand-in, ms", ours[3].others, theirs[3].others),
    ]
    print(f"{'':32}{'service':>10}{'SDK echo':>10}{'ratio':>8}")
    for name, own, other in rows:
        print(f"{name:32}{own * 1000:10.1f}{other * 1000:10.1f}{own / other:8.2f}")
    own, other = ours[3].sustained(JOINING), theirs[3].sustained()
    print(f"{'answers/s when 120 are posted*':32}{own:10.1f}{other:10.1f}{own / other:8.2f}")
    lost = [(run.refused, run.unanswered) for run in ours]
    print(f"* besides the joining wait of {JOINING} s · (refused, unanswered) of the service: {lost}")
    loads = " ".join(f"{own.load:.1f}/{other.load:.1f}" for own, other in zip(ours, theirs, strict=True))
    print(f"load at 30, 10, 60 and 120 ev/s (service/echo): {loads}")


if __name__ == "__main__":
    main()
