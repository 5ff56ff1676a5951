"""A worder on a stand-in of the API, with a store of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from service.adapters.database import open_database
from service.consultation import Answer, Book, consult
from service.guard.reply import Reply
from service.intake.message import make_message
from service.model.worder import ModelWorder
from service.settings import Settings
from service.wiring.worder import build_model_worder
from tests.measure import AS_OF
from tests.phrases import TEXT
from tests.standins.model_api import ModelApi, run_model_api


@pytest.fixture(scope="session")
def running_api() -> Iterator[ModelApi]:
    """Return one stand-in for all tests of this folder."""
    with run_model_api() as api:
        yield api


@pytest.fixture
def api(running_api: ModelApi) -> ModelApi:
    """Return the stand-in with nothing seen yet."""
    running_api.bodies.clear()
    running_api.headers.clear()
    return running_api


@dataclass
class Desk:
    """A worder with the settings it was built from; each call of `word` is one answer."""

    settings: Settings
    answer: Answer
    seconds: list[float] = field(default_factory=list)  # each answer's

    def word(self, *answers: Answer, user: str = "") -> list[Reply]:
        """Word answers one after the other with one worder, and close it."""
        database = open_database(self.settings)
        worder = build_model_worder(self.settings, database)

        async def work() -> list[Reply]:
            try:
                return [await self._time(worder, each, user) for each in answers or (self.answer,)]
            finally:
                await worder.close()

        try:
            return asyncio.run(work())
        finally:
            database.dispose()

    async def _time(self, worder: ModelWorder, answer: Answer, user: str) -> Reply:
        start = monotonic()
        reply = await worder.word(answer, user=user)
        self.seconds.append(monotonic() - start)
        return reply


@pytest.fixture
def desk(api: ModelApi, book: Book, tmp_path: Path) -> Callable[..., Desk]:
    """Return a maker of desks; settings that differ are given by name, `text` is the message."""

    def make(text: str = TEXT, **changes: Any) -> Desk:
        settings = Settings(openai_api_key="sk-test", openai_base_url=api.url, data_dir=tmp_path, model_deadline=2.0)
        known = {"platform": "crowdworks", "stage": "before_contract"}
        return Desk(replace(settings, **changes), consult(make_message(text, as_of=AS_OF, **known), book))

    return make
