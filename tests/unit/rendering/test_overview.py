"""The desk's numbers of the day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from service.observation import Figures
from service.rendering.operator.overview import make_tiles

TODAY = date(2026, 12, 31)


def test_the_months_spending_stands_beside_its_limit() -> None:
    figures = Figures(
        {"answer": Counter({("2026-12-31", ""): 2})}, {"2026-12-31": 0.25, "2026-11-30": 9.0, "2026-12-01": 1.0}
    )
    tiles = make_tiles(figures, TODAY, month=figures.spent_in(TODAY), budget=20)
    assert [(tile.number, tile.beside) for tile in tiles if tile.name == "モデルの費用"] == [
        ("$0.25", "今月 $1.25（上限 $20）")
    ]
