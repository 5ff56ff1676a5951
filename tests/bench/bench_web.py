"""What the page costs: milliseconds for an answer without script, beside the empty page and the rules alone; and weights.

    uv run python -m tests.bench.bench_web [rounds]

Everything runs in this process over loopback, one request after another, so the figures compare with each other.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import httpx2
from fastapi import FastAPI

from service.app import create_app
from service.channels.web.assets import FOLDER
from service.consultant import Consultant
from service.consultation import consult
from service.intake.message import make_message
from service.settings import Settings
from service.wiring.book import load_book
from service.wiring.parts import Parts
from tests.browser.conftest import serve_app

ROOT = Path(__file__).parents[2]
TEXTS = [
    "契約前ですが、LINEを交換しませんか",
    "はじめまして。ご応募ありがとうございます。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。",
    "採用が決まりました！お仕事には専用ツールが必要ですので、ツール代3,000円を先にお振り込みください。" * 12,
]


def main(rounds: int) -> None:
    """Measure and print."""
    book = load_book(ROOT / "rules", ROOT / "prompts")
    app: FastAPI = create_app(Parts(Settings(rate_limit=0), Consultant(book)))
    messages = [make_message(text, as_of=date(2026, 11, 23)) for text in TEXTS]
    with serve_app(app) as address, httpx2.Client(base_url=address, headers={"Accept": "text/html"}) as client:
        _print("GET /", [_time(partial(client.get, "/")) for _ in range(rounds)])
        for text, message in zip(TEXTS, messages, strict=True):
            calls: dict[str, Callable[[], object]] = {
                "rules alone": partial(consult, message, book),
                "POST /": partial(client.post, "/", data={"text": text}),
                "POST /chat": partial(client.post, "/chat", data={"text": text}),
            }
            for name, call in calls.items():
                _print(f"{name}, {len(text)} characters", [_time(call) for _ in range(rounds)])
        page = client.get("/").content
    _weigh(page)


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _print(name: str, times: list[float]) -> None:
    print(f"{name:<34} median {median(times):6.1f} ms   p95 {quantiles(times, n=20)[-1]:6.1f} ms")


def _weigh(page: bytes) -> None:
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in sorted(FOLDER.iterdir())}
    weights["/"] = len(gzip.compress(page, 6))
    for name, size in weights.items():
        print(f"{name:<34} {size:>6} bytes compressed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
