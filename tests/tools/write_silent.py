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


def write_lines(frames: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return every line, each once, with the frames it was made from; the same frames give the same lines."""
    lines: dict[str, tuple[str, ...]] = {}
    for section in frames["sections"]:
        for number, frame in enumerate(section["frames"]):
            for line in fill(frame, frames["slots"], int(section["each"]), seed=f"{section['about']}/{number}"):
                lines.setdefault(line, (frame,))
    return lines | dict(compose(lines, frames))


def compose(lines: Mapping[str, tuple[str, ...]], frames: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield whole messages: a greeting, two or three lines, a closing; words far apart must not be paired."""
    chance = random.Random("composed")
    japanese = [line for line in lines if any("ぁ" <= char <= "ん" for char in line)]
    for turn in range(int(frames["composed"])):
        middle = chance.sample(japanese, 2 + turn % 2)
        text = "".join([chance.choice(frames["greetings"]), *middle, chance.choice(frames["closings"])])
        yield text, tuple(frame for line in middle for frame in lines[line])


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
