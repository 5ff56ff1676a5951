"""Facts built by hand, judged by the rules as they are shipped: no text is read here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest

from service.consultation import Book
from service.facts.fact import Ask, Claim, Facts, Signal
from service.rulebook.book import Judgement, RuleBook
from service.vocabulary import AskKind, ClaimKind, Platform, Stage

TODAY = date(2026, 11, 23)
Judge = Callable[..., Judgement]


def make_facts(asks: str = "", claims: str = "", signals: str = "") -> Facts:
    """Build facts from words: "call:zoom email_exchange", with a plus for what is to happen after the contract."""
    return Facts(
        "client_message",
        asks=tuple(_ask(word) for word in asks.split()),
        claims=tuple(Claim(cast(ClaimKind, word), "", 0, 0) for word in claims.split()),
        signals=tuple(Signal(word, "", 0, 0) for word in signals.split()),
    )


def _ask(word: str) -> Ask:
    kind, _, channel = word.rstrip("+").partition(":")
    return Ask(cast(AskKind, kind), "", 0, 0, channel or None, future=word.endswith("+"))


@pytest.fixture(scope="session")
def rules(book: Book) -> RuleBook:
    """Return the rule book as it is shipped."""
    return book.rules


@pytest.fixture(scope="session")
def judge(rules: RuleBook) -> Judge:
    """Return a judge of hand-made facts."""

    def run(
        asks: str = "",
        *,
        stage: Stage = "before_contract",
        platform: Platform = "crowdworks",
        claims: str = "",
        signals: str = "",
        as_of: date = TODAY,
    ) -> Judgement:
        return rules.judge(make_facts(asks, claims, signals), platform=platform, stage=stage, as_of=as_of)

    return run
