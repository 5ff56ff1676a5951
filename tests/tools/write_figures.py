"""Write the README's table of figures: `uv run python -m tests.tools.write_figures`."""

from __future__ import annotations

import re
from pathlib import Path

from service.consultation import Book
from service.evaluation.report import Figures
from service.rendering.figures import NOTHING, show_rate, show_score
from service.wiring.book import load_book
from tests.measure import measure

ROOT = Path(__file__).parents[2]
README, CORPUS = ROOT / "README.md", ROOT / "tests" / "corpus"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SETS = {
    "locked.yaml": "locked: no rule was written with it, no weight learnt from it",
    "fresh.yaml": "fresh: weights were learnt from it, no rule was written with it",
    "tune.yaml": "tuning: rules were written with it",
    "silent.txt": "silent: harmless lines from hand-written frames",
}
_HEAD = "| messages | | verdict right | asks F1 | dangers recognised | false alarms on harmless text |\n|---|---|---|---|---|---|"


def make_table(book: Book) -> str:
    """Return the table, measured now."""
    rows = [_row(f"`tests/corpus/{name}`, {about}", measure(CORPUS / name, book).total) for name, about in SETS.items()]
    return "\n".join([_HEAD, *rows])


def _row(name: str, figures: Figures) -> str:
    asks = show_score(figures.asks) if figures.asks.found else NOTHING
    shares = show_rate(figures.verdict), asks, show_rate(figures.danger), show_rate(figures.alarms)
    return f"| {name} | {figures.messages} | " + " | ".join(shares) + " |"


def read_claims(table: str) -> dict[str, list[float | None]]:
    """Return the figures that a table claims: verdict, F1, dangers and alarms of each file."""
    claims = {}
    for line in table.splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        values = [None if cell == NOTHING else float(cell.split(" ")[0]) for cell in cells[2:]]
        claims[re.findall(r"`tests/corpus/([^`]+)`", cells[0])[0]] = values
    return claims


def find_table(text: str) -> str:
    """Return the table that stands in a text."""
    return text.split(BEGIN, 1)[1].split(END, 1)[0].strip()


def main() -> None:
    """Put a fresh table into the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    table = make_table(load_book())
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
