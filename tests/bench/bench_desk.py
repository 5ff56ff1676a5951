"""What observing costs an answer, and how long the desk's pages take with many answers.

uv run python -m tests.bench.bench_desk [ANSWERS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from service.adapters.days import today
from service.app import create_app
from service.consultation import consult
from service.guard.reply import admit_template
from service.intake.message import make_message
from service.observing import Occasion, make_observation
from service.settings import Settings
from service.wiring.book import load_book
from service.wiring.parts import build_parts
from tests.tools.fill_desk import make_observations

TOKEN = "only for the bench"
TEXT = "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。採用担当の佐藤です。"
PAGES = ("/operator/", "/operator/cases", "/operator/rules?site=crowdworks", "/operator/rules/coverage")


def measure(work: Callable[[], object], times: int) -> float:
    """Return the best of a few runs, in milliseconds for one."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - started) / times)
    return best * 1000


def main(arguments: list[str]) -> int:
    """Fill a store, measure, print; return the exit code."""
    wanted, book = int(arguments[0]) if arguments else 20_000, load_book()
    with tempfile.TemporaryDirectory() as folder:
        parts = build_parts(Settings(operator_token=TOKEN, data_dir=Path(folder)), book)
        observer: Any = parts.consultant.observer
        message = make_message(TEXT, as_of=today())
        reply = admit_template(consult(message, book))
        seen = make_observation(message, reply, Occasion("x", parts.clock(), "web"), rated_wrong=True)
        judging = measure(lambda: consult(message, book), 200)
        observing = measure(lambda: make_observation(message, reply, Occasion("x", 0.0, "web"), rated_wrong=True), 200)
        recording = measure(lambda: observer.record(replace(seen, unclear="")), 200)
        print(
            f"judging {judging:.3f} ms; masking a case {observing / judging:.2f} of that, recording {recording / judging:.2f}"
        )
        fill(observer, list(make_observations(book, today())), wanted)
        with TestClient(create_app(parts)) as client:
            show_pages(client, wanted)
    return 0


def fill(observer: Any, models: list[Any], wanted: int) -> None:
    """Record as many answers as wanted, in turns of what the queue holds."""
    started = time.perf_counter()
    for turn in range(0, wanted, 2_000):
        for number in islice(range(turn, wanted), 2_000):
            observer.record(replace(models[number % len(models)], id=str(number)))
        observer.flush()
    print(f"{wanted} answers written in {time.perf_counter() - started:.1f} s")


def show_pages(client: TestClient, answers: int) -> None:
    """Print how long each page takes beside the health page."""
    seal = client.get("/operator/login").text.split('name="seal" value="')[1].split('"')[0]
    client.post("/operator/login", data={"token": TOKEN, "seal": seal})
    alive = measure(lambda: client.get("/healthz"), 20)
    for path in PAGES:
        taken = measure(lambda path=path: client.get(path).raise_for_status(), 2)  # type: ignore[misc]
        print(f"{path}: {taken:.0f} ms with {answers} answers, {taken / alive:.0f} times /healthz ({alive:.1f} ms)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
