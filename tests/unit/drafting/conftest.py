"""The wordings as they are shipped, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from service.adapters.wordings import read_library
from service.drafting.draft import Draft
from service.drafting.library import DraftLibrary
from service.drafting.template import compose_draft, name_site, phrase_asked
from service.vocabulary import AskKind, DraftKind, Language, Platform, Register

PROMPTS = Path(__file__).parents[3] / "prompts"
QUOTES = {"line_exchange": "LINEを追加していただけましたら、詳細をお送りします"}
QUOTE = "応募の確認として、こちらもあわせてお願いします"

Compose = Callable[..., tuple[Draft, dict[str, str]]]


@pytest.fixture(scope="session")
def library() -> DraftLibrary:
    return read_library(PROMPTS)


@pytest.fixture(scope="session")
def compose(library: DraftLibrary) -> Compose:
    """Compose a draft as the service does, for asks written `kind` or `kind/channel`; return it with its slots."""

    def compose(
        kind: DraftKind, asks: str, *, platform: Platform = "crowdworks", register: Register = "polite",
        language: Language = "ja",
    ) -> tuple[Draft, dict[str, str]]:  # fmt: skip
        pairs: list[tuple[AskKind, str | None]] = []
        for each in asks.split():
            ask, _, channel = each.partition("/")
            pairs.append((ask, channel or None))  # type: ignore[arg-type]
        slots = name_site(platform, language=language, library=library)
        slots["asked"] = phrase_asked(pairs, language=language, library=library)
        kinds = [ask for ask, _ in pairs]
        slots["quote"] = QUOTES.get(kinds[0], QUOTE) if kind == "report" else ""
        return compose_draft(
            kind, register=register, language=language, asks=kinds, slots=slots, library=library
        ), slots

    return compose
