"""Recorded answers of the model, played back: the whole way from the message to the worded reply, without a network."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
import yaml

from service.adapters.database import open_database
from service.adapters.model.files import read_cases
from service.cli.cassettes import make_recorder
from service.cli.wording_judge import consult_case
from service.consultation import Book
from service.guard.judge import rate_reply
from service.guard.reply import Reply
from service.settings import Settings
from service.wiring.worder import build_model_worder
from tests.measure import AS_OF

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "cassettes" / "wording"
CASES = {case.id: case for case in read_cases(ROOT / "prompts") if case.recorded}
SECRETS = r"sk-|Bearer|authorization|safety_identifier|\w@\w+\.\w|0[789]0-?\d{4}|127\.0\.0\.1"


def play(case: str, book: Book, data: Path) -> Reply:
    """Word a case with its cassette in the place of the API; every call of it must be made."""
    settings = Settings(openai_api_key="sk-none", data_dir=data, model_cache=False)
    database = open_database(settings)
    worder = build_model_worder(settings, database)

    async def work() -> Reply:
        with make_recorder(FOLDER).use_cassette(f"{case}.yaml") as cassette:
            reply = await worder.word(consult_case(CASES[case], book, AS_OF), user="U1")
            assert cassette.all_played
        await worder.close()
        return reply

    try:
        return asyncio.run(work())
    finally:
        database.dispose()


@pytest.mark.parametrize("case", CASES)
def test_the_recorded_answer_is_worded_and_passes_the_rubric(case: str, book: Book, tmp_path: Path) -> None:
    reply = play(case, book, tmp_path)
    assert reply.wording == "model", reply.reason  # a miss of the cassette would show as the template
    rated = rate_reply(case, reply, CASES[case].text, book.drafts)
    assert rated.report is None or rated.report.passed, rated.report.failed


@pytest.mark.parametrize("case", CASES)
def test_a_cassette_tells_its_origin_and_no_secret(case: str) -> None:
    text = (FOLDER / f"{case}.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["recorded_from"]
    assert re.search(SECRETS, text) is None and "\\u3" not in text


def test_no_cassette_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CASES)
