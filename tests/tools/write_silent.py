"""Write the silent corpus from its sentence frames: `uv run python -m tests.tools.write_silent`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

CORPUS = Path(__file__).parents[1] / "corpus"
FRAMES, SILENT = CORPUS / "silent_frames.yaml", CORPUS / "silent.txt"


def write_lines(frames: Mapping[str, Any]) -> list[str]:
    """Return every line, each once; the same frames give the same lines."""
    lines: dict[str, None] = {}
    for section in frames["sections"]:
        for number, frame in enumerate(section["frames"]):
            for line in fill(frame, frames["slots"], int(section["each"]), seed=f"{section['about']}/{number}"):
                lines[line] = None
    japanese = [line for line in lines if any("ぁ" <= char <= "ん" for char in line)]
    for line in compose(japanese, frames["greetings"], frames["closings"], int(frames["composed"])):
        lines[line] = None
    return list(lines)


def compose(lines: Sequence[str], greetings: Sequence[str], closings: Sequence[str], times: int) -> Iterator[str]:
    """Yield whole messages: a greeting, two or three lines, a closing; words far apart must not be paired."""
    chance = random.Random("composed")
    for turn in range(times):
        middle = chance.sample(list(lines), 2 + turn % 2)
        yield "".join([chance.choice(greetings), *middle, chance.choice(closings)])


def fill(frame: str, slots: Mapping[str, Sequence[str]], times: int, *, seed: str) -> Iterator[str]:
    """Yield a frame filled so many times; within a line the same slot gets other words each time."""
    names = [name for _, name, _, _ in Formatter().parse(frame) if name]
    shuffled = {name: random.Random(f"{seed}/{name}").sample(list(slots[name]), len(slots[name])) for name in names}
    for turn in range(times if names else 1):
        at = {name: turn for name in names}
        line = frame
        for name in names:
            line = line.replace("{" + name + "}", shuffled[name][at[name] % len(shuffled[name])], 1)
            at[name] += 1
        yield line


def main() -> None:
    """Write the file."""
    lines = write_lines(yaml.safe_load(FRAMES.read_text(encoding="utf-8")))
    SILENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main()
