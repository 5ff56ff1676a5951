"""List the frames of the silent corpus that raise an alarm, with what saw it: `uv run python -m tests.tools.list_alarms`."""

from __future__ import annotations

from collections import defaultdict

import yaml

from service.consultation import Book, consult
from service.intake.message import make_message
from service.wiring.book import load_book
from tests.measure import AS_OF
from tests.tools.write_silent import FRAMES, write_lines


def list_alarms(book: Book) -> dict[str, list[str]]:
    """Return, for each frame alone that raises an alarm, the lines that do and what saw it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line, frames in write_lines(yaml.safe_load(FRAMES.read_text(encoding="utf-8"))).items():
        advice = consult(make_message(line, as_of=AS_OF), book).advice
        if (advice.verdict != "ok" or advice.asks) and not (len(frames) > 1 and set(frames) & set(found)):
            seen = [f"{ask.kind}/{ask.evidence} 「{ask.quote}」" for ask in advice.facts.asks]
            rows = [finding.rule for finding in advice.findings]
            found[" + ".join(frames)].append(f"{advice.verdict} | {line} | {'; '.join(seen or rows)}")
    return found


def main() -> None:
    """Print them."""
    alarms = list_alarms(load_book())
    for frame, lines in alarms.items():
        print(f"{frame}\n    {len(lines)} × {lines[0]}")
    print(f"{len(alarms)} frames")


if __name__ == "__main__":
    main()
