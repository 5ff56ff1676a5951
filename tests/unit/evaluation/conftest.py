"""Labelled messages, some read rightly and some not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from service.consultation import Book
from service.evaluation.case import Case
from service.evaluation.judge import Judged, judge_case

DAY = date(2026, 11, 24)
Judge = Callable[..., Judged]


@pytest.fixture(scope="session")
def judge(book: Book) -> Judge:
    """Return a judge of a text with its labels."""

    def run(text: str, verdict: str, asks: str = "", **labels: Any) -> Judged:
        case = Case("c", text, verdict, frozenset(asks.split()), file="set.yaml", line=3, **labels)  # type: ignore[arg-type]
        return judge_case(case, book, DAY)

    return run
