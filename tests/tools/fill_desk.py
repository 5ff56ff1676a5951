"""Fill a data folder with thirty days of made-up answers, so that the operator's desk has something to show.

uv run python -m tests.tools.fill_desk DATA_FOLDER [YYYY-MM-DD]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import yaml

from service.adapters.database import open_database
from service.adapters.days import read_day, today
from service.adapters.observations import StoredObserver
from service.consultation import Book, consult
from service.guard.reply import admit_template
from service.intake.message import make_message
from service.observation import Channel, Observation
from service.observing import Occasion, make_observation
from service.settings import Settings
from service.wiring.book import load_book

ROOT = Path(__file__).parents[2]
DAYS = 30


def make_observations(book: Book, last: date, *, seed: int = 7) -> Iterator[Observation]:
    """Yield answers to the labelled messages, more on some days than on others; the same for the same seed."""
    chance = random.Random(seed)
    entries = yaml.safe_load((ROOT / "tests" / "corpus" / "tune.yaml").read_text(encoding="utf-8"))
    texts = [entry["text"] for entry in entries]
    for back in reversed(range(DAYS)):
        day = last - timedelta(days=back)
        for number in range(chance.randint(8, 26) + (DAYS - back) // 3):
            yield _make(book, chance, chance.choice(texts), day, f"{day}-{number}")


def _make(book: Book, chance: random.Random, text: str, day: date, id: str) -> Observation:
    site = chance.choices(["crowdworks", "lancers", "coconala", "shufti"], [6, 2, 1, 1])[0]
    message = make_message(text, as_of=day, platform=site, stage=chance.choice([None, None, "before_contract"]))
    reply = admit_template(
        consult(message, book), reason=chance.choice(["deadline", "guard_promise", "breaker", "small_talk"])
    )
    channel = cast(Channel, chance.choices(["line", "web", "api"], [6, 3, 1])[0])
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC).timestamp() + chance.randint(0, 30_000)
    seen = make_observation(message, reply, Occasion(id, at, channel, seconds=chance.expovariate(8)))
    if chance.random() < 0.6:
        return replace(
            seen, wording="model", reason="", seconds=chance.uniform(0.6, 5), cost=chance.uniform(2e-4, 1e-3)
        )
    return seen


def fill(folder: Path, book: Book, last: date) -> None:
    """Write the answers and what their readers thought of some."""
    engine = open_database(Settings(data_dir=folder))
    observer = StoredObserver(engine, retention_days=3650)
    chance = random.Random(3)
    seen = list(make_observations(book, last))
    for observation in seen:
        observer.record(observation)
    observer.flush()
    for observation in seen:
        if chance.random() < 0.2:
            observer.rate(observation.id, useful=chance.random() < 0.85)
    observer.close()
    engine.dispose()


def main(arguments: list[str]) -> int:
    """Fill the folder; return the exit code."""
    fill(Path(arguments[0]), load_book(), read_day(arguments[1]) if len(arguments) > 1 else today())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
