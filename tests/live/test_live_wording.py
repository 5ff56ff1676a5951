"""The model itself, asked over the network: `OPENAI_API_KEY=… uv run pytest -m live tests/live`. A report, not a gate."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from service.adapters.database import open_database
from service.adapters.model.files import read_cases
from service.cli.wording_judge import consult_case
from service.consultation import Book
from service.guard.judge import Rated, rate_reply, show_rated
from service.settings import read_settings
from service.wiring.worder import build_model_worder
from tests.measure import AS_OF

ROOT = Path(__file__).parents[2]


@pytest.mark.live
def test_the_live_model_words_most_cases(book: Book, tmp_path: Path) -> None:
    """Most answers must pass the guard, and all that pass must pass the rubric."""
    if not os.environ.get("OPENAI_API_KEY"):
        pytest.skip("no OPENAI_API_KEY: nothing to ask")
    settings = replace(read_settings(os.environ), data_dir=tmp_path, model_cache=False, model_deadline=20.0)
    database = open_database(settings)
    worder = build_model_worder(settings, database)

    async def work() -> list[Rated]:
        rated = []
        for case in read_cases(ROOT / "prompts"):
            reply = await worder.word(consult_case(case, book, AS_OF), user="live")
            rated.append(rate_reply(case.id, reply, case.text, book.drafts))
        await worder.close()
        return rated

    rated = asyncio.run(work())
    database.dispose()
    print("\n" + show_rated(rated))  # noqa: T201 - the report is what it is run for
    worded = [row for row in rated if not row.refused]
    assert len(worded) >= 0.8 * len(rated)
    assert [row.case for row in worded if row.report and not row.report.passed] == []
