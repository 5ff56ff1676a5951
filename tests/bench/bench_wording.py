"""What the model's wording costs: `uv run python -m tests.bench.bench_wording`. Not a test; needs no network.

Guard and assembly for one answer; calls made for 1,000 answers; delays while the API is down or cannot be reached.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from service.adapters.database import open_database
from service.adapters.files import prompts_folder
from service.adapters.model.files import read_cases
from service.cli.wording_judge import consult_case
from service.consultation import Answer
from service.guard.admit import admit_wording
from service.guard.reply import Reply, admit_template
from service.settings import Settings
from service.wiring.book import load_book
from service.wiring.worder import build_model_worder
from service.wording.shell import read_shell
from tests.measure import AS_OF
from tests.phrases import guard_rules, make_trial, read_phrases
from tests.standins import model_api as does
from tests.standins.model_api import run_model_api

ANSWERS = 1_000
CALM = {"lead": "ご相談いただきありがとうございます。", "tip": "まずはひと呼吸おきましょう。", "opening": "ご連絡いただき、ありがとうございます。",
        "empathy": "", "bridge": "", "closing": "どうぞよろしくお願いいたします。"}  # fmt: skip


def show_guard() -> None:
    """Print what it takes to read, examine and assemble one answer, beside the template's reply."""
    trial = make_trial(load_book())
    said = json.dumps(read_phrases("answers")["zoom_first"], ensure_ascii=False)
    rules = guard_rules()
    times = []
    for _ in range(300):
        start = perf_counter()
        admit_wording(trial.answer, read_shell(said), trial.situation, rules=rules)
        times.append(perf_counter() - start)
    plain = []
    for _ in range(300):
        start = perf_counter()
        admit_template(trial.answer)
        plain.append(perf_counter() - start)
    ordered = sorted(times)
    print(f"guard and assembly: median {median(times) * 1e3:.3f} ms, 95 % within {ordered[285] * 1e3:.3f} ms")
    print(f"  the template's reply in the same run: {median(plain) * 1e3:.4f} ms")


def mix_answers() -> list[Answer]:
    """Return a thousand answers over the table's cases, the usual ones far more often than the rare."""
    book = load_book()
    answers = [consult_case(case, book, AS_OF) for case in read_cases(prompts_folder())]
    weights = [1 / (rank + 1) for rank in range(len(answers))]
    return random.Random(20261126).choices(answers, weights, k=ANSWERS)


def show_calls() -> None:
    """Print how many calls a thousand answers make with the cache, and what they cost."""
    answers = mix_answers()
    with run_model_api() as api, tempfile.TemporaryDirectory() as data:
        api.will(does.say(CALM))
        replies, times = _word(answers, Settings(openai_api_key="k", openai_base_url=api.url, data_dir=Path(data)))
        worded = sum(reply.wording == "model" for reply in replies)
        cost = sum(reply.cost for reply in replies)
        kinds = len({id(answer) for answer in answers})
        print(f"{ANSWERS} answers over {kinds} cases: {len(api.bodies)} calls, {worded} in the model's wording")
        print(f"  cost {cost:.4f} US dollars; an answer takes {median(times) * 1e3:.1f} ms with the cache warm")


def show_outage() -> None:
    """Print how long answers wait while nothing listens, and while nothing answers a connection."""
    answers = mix_answers()[:5]
    with _refusing() as refused, _silent() as silent:
        for name, url in (("refused", refused), ("no reply to the connection", silent)):
            with tempfile.TemporaryDirectory() as data:
                settings = Settings(openai_api_key="k", openai_base_url=url, data_dir=Path(data))
                replies, times = _word(answers, settings)
                shown = ", ".join(f"{seconds:.3f}" for seconds in times)
                print(f"API down ({name}): {shown} s; {[reply.reason for reply in replies][:2]}")


def _word(answers: list[Answer], settings: Settings) -> tuple[list[Reply], list[float]]:
    database = open_database(settings)
    worder = build_model_worder(settings, database)

    async def work() -> tuple[list[Reply], list[float]]:
        replies, times = list[Reply](), list[float]()
        for answer in answers:
            start = perf_counter()
            replies.append(await worder.word(answer, user=""))
            times.append(perf_counter() - start)
        await worder.close()
        return replies, times

    try:
        return asyncio.run(work())
    finally:
        database.dispose()


@contextmanager
def _refusing() -> Iterator[str]:
    """An address that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def _silent() -> Iterator[str]:
    """An address whose queue is full: a connection is neither taken nor refused."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = []
        for _ in range(4):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(full.getsockname())
            waiting.append(client)
        yield f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        for client in waiting:
            client.close()


def main() -> None:
    """Print every figure."""
    show_guard()
    show_calls()
    show_outage()


if __name__ == "__main__":
    main()
