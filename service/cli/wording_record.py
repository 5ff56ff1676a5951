"""`kotowari wording record`: ask the model for the cases of the table and keep what it answers as cassettes."""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from service.adapters.database import open_database
from service.adapters.days import today
from service.adapters.files import prompts_folder
from service.adapters.model.files import read_cases
from service.cli.cassettes import make_recorder
from service.cli.wording_judge import consult_case
from service.consultation import Answer
from service.settings import Settings, read_settings
from service.wiring.book import load_book
from service.wiring.worder import build_model_worder


def run(options: Namespace) -> int:
    """Record every marked case from the API that the settings name."""
    settings = read_settings(os.environ)
    host = settings.openai_base_url or "api.openai.com"
    outcomes = record_cases(Path(options.folder), settings, origin=f"{host}, {settings.model}, {today().isoformat()}")
    for case, outcome in outcomes.items():
        sys.stdout.write(f"{case:<18}{outcome}\n")
    return 0 if all(outcome == "model" for outcome in outcomes.values()) else 1


def record_cases(folder: Path, settings: Settings, *, origin: str) -> dict[str, str]:
    """Record the marked cases; return what became of each: `model`, or why the template was used."""
    book, prompts = load_book(), prompts_folder()
    cases = [case for case in read_cases(prompts) if case.recorded]
    recorder = make_recorder(folder, origin=origin, mode="all")
    return {
        case.id: asyncio.run(_record(consult_case(case, book, today()), settings, recorder, case.id)) for case in cases
    }


async def _record(answer: Answer, settings: Settings, recorder: object, name: str) -> str:
    database = open_database(settings)
    worder = build_model_worder(replace(settings, model_cache=False), database)
    try:
        with recorder.use_cassette(f"{name}.yaml"):  # type: ignore[attr-defined]
            reply = await worder.word(answer, user="recording")
    finally:
        await worder.close()
        database.dispose()
    return reply.reason or reply.wording
