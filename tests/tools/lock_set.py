"""Lock a set of messages that no rule was written with: `uv run python -m tests.tools.lock_set FILE`.

The file becomes tests/corpus/locked.yaml; its hash and the figures it reaches now (rounded down) go into floors.yaml.
"""

from __future__ import annotations

import hashlib
import math
import re
import shutil
import sys
from pathlib import Path

from service.evaluation.report import Figures
from service.wiring.book import load_book
from tests.measure import measure

CORPUS = Path(__file__).parents[1] / "corpus"
LOCKED, FLOORS = CORPUS / "locked.yaml", CORPUS / "floors.yaml"


def write_floors(figures: Figures, digest: str) -> str:
    """Return the entry of the locked file: what it reaches, a hundredth below at most."""
    assert figures.verdict.value is not None and figures.asks.f1 is not None
    assert figures.danger.value is not None and figures.alarms.value is not None
    least = {"verdict": figures.verdict.value, "asks_f1": figures.asks.f1, "danger_recall": figures.danger.value}
    floors = [f"{name}={math.floor(value * 100) / 100}" for name, value in least.items()]
    floors.append(f"false_alarms={math.ceil(figures.alarms.value * 100) / 100}")
    return f"locked.yaml:\n  sha256: {digest}\n  floors: [{', '.join(floors)}]\n"


def main() -> None:
    """Copy, hash, measure, write."""
    shutil.copyfile(sys.argv[1], LOCKED)
    entry = write_floors(measure(LOCKED, load_book()).total, hashlib.sha256(LOCKED.read_bytes()).hexdigest())
    text = FLOORS.read_text(encoding="utf-8")
    pattern = r"^locked\.yaml:\n(?:  .*\n)+"
    FLOORS.write_text(re.sub(pattern, entry, text, count=1, flags=re.M), encoding="utf-8")
    print(entry, end="")


if __name__ == "__main__":
    main()
