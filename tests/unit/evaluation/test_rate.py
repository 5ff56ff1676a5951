"""Shares and their intervals."""

from __future__ import annotations

import pytest

from service.evaluation.rate import Rate, Score


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (36, 37, 0.8618, 0.9952), (5, 10, 0.2366, 0.7634)],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    """The expected ends were computed by hand from Wilson's formula with z = 1.96."""
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=5e-4)


def test_nothing_counted_has_no_value() -> None:
    assert (Rate().value, Rate().interval, Score().f1, Score().interval) == (None, None, None, None)


def test_f1_lies_inside_its_interval() -> None:
    score = Score(found=8, extra=2, missed=1)
    assert score.f1 == pytest.approx(16 / 19)
    assert score.interval is not None
    assert score.interval[0] < 16 / 19 < score.interval[1]
    assert (score.precision, score.recall) == (Rate(8, 10), Rate(8, 9))
