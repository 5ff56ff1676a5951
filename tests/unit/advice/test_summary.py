"""The summary: one sentence that names what is asked and what to think of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from service.advice.advise import advise
from service.consultation import Book
from service.facts.fact import Ask, Facts, Signal
from service.intake.message import Message
from service.vocabulary import ASK_KINDS, PLATFORMS, STAGES, AskKind, Platform, Role, Stage


def _summary(book: Book, facts: Facts, stage: Stage = "before_contract", platform: Platform = "crowdworks") -> str:
    return advise(Message("本文", date(2026, 11, 23), platform, stage), facts, book.rules).summary


def _facts(*kinds: AskKind, role: Role = "client_message", signal: str = "") -> Facts:
    return Facts(
        role,
        asks=tuple(Ask(kind, "", 0, 0, "zoom" if kind == "call" else None) for kind in kinds),
        signals=(Signal(signal, "", 0, 0),) if signal else (),
    )


def test_a_call_before_the_contract(book: Book) -> None:
    said = _summary(book, _facts("call"))
    assert said == "契約前のZoomでの通話は、申請の承認がないかぎり、クラウドワークスのルールで認められていません。"


def test_a_danger_names_what_is_dangerous_and_not_the_call_beside_it(book: Book) -> None:
    said = _summary(book, _facts("call", "upfront_payment"))
    assert said == "費用の先払いには、契約や許可があっても応じないでください。"


def test_several_requests_of_the_same_weight_are_named_together(book: Book) -> None:
    said = _summary(book, _facts("call", "unpaid_test"))
    assert said == "Zoomでの通話と報酬のないテスト作業は、クラウドワークスのルールで認められていません。"


def test_an_unknown_sites_rules_are_not_claimed_to_be_known(book: Book) -> None:
    assert "多くのサイト" in _summary(book, _facts("call", "unpaid_test"), platform="unknown")


def test_a_signal_alone_has_its_own_sentence(book: Book) -> None:
    assert "運営を名乗って" in _summary(book, _facts(signal="impersonation"))
    assert "フォーム" in _summary(book, _facts(signal="form_link"))


def test_a_question_is_answered_by_the_summary_itself(book: Book) -> None:
    said = _summary(book, _facts(role="worker_question", signal="question_fee"))
    assert "20％" in said


def test_an_unreadable_question_asks_for_the_message(book: Book) -> None:
    assert "貼り付けて" in _summary(book, _facts(role="worker_question"))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_summary_is_one_whole_sentence(platform: Platform, book: Book) -> None:
    for one, other, stage in product(ASK_KINDS, (None, "call", "direct_deal"), STAGES):
        facts = _facts(*dict.fromkeys((one, other) if other else (one,)))  # type: ignore[arg-type]
        for channel in (None, "builtin"):
            asked = replace(facts, asks=tuple(replace(ask, channel=channel) for ask in facts.asks))
            said = _summary(book, asked, stage, platform)
            assert said.endswith("。") and said.count("。") == 1, (one, other, stage, said)
            assert "{" not in said, said
