"""Advice from hand-made facts: what it stands on, what it says first, which replies it offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.advice.advice import Advice
from service.advice.advise import advise
from service.consultation import Book
from service.facts.fact import Ask, Claim, Facts, Signal
from service.intake.message import Message

TODAY = date(2026, 11, 23)
NOTHING = Facts("client_message")
CALL = Facts("client_message", asks=(Ask("call", "Zoomで", 0, 5, "zoom"),))
PAYMENT = Ask("upfront_payment", "", 0, 0)
MESSAGE = Message("本文", TODAY, "crowdworks", "before_contract")


def _signal(facts: Facts, *kinds: str) -> Facts:
    return replace(facts, signals=tuple(Signal(kind, "", 0, 0) for kind in kinds))


def _advise(book: Book, facts: Facts, **said: object) -> Advice:
    return advise(replace(MESSAGE, **said), facts, book.rules)  # type: ignore[arg-type]


def test_what_the_worker_said_wins_over_the_text_and_the_contradiction_is_told(book: Book) -> None:
    shown = replace(CALL, stage="after_contract", stage_quote="ご契約ありがとうございます", platform="lancers")
    advice = _advise(book, shown)
    assert (advice.platform, advice.stage, advice.verdict) == ("crowdworks", "before_contract", "against_rules")
    assert any("ご契約ありがとうございます" in note for note in advice.notes)
    assert any("ランサーズ" in note for note in advice.notes)


@pytest.mark.parametrize("told", [None, "unknown"])
def test_the_text_speaks_where_the_worker_said_nothing(told: str | None, book: Book) -> None:
    shown = replace(CALL, stage="after_contract", platform="lancers")
    advice = _advise(book, shown, stage=told, platform=None)
    assert (advice.platform, advice.stage, advice.verdict, advice.notes) == ("lancers", "after_contract", "caution", ())


def test_crowdworks_is_the_site_when_nobody_says(book: Book) -> None:
    assert _advise(book, CALL, platform=None).platform == "crowdworks"


def test_an_unknown_site_is_said_to_be_one(book: Book) -> None:
    assert any("どのサイトか" in note and "規約" in note for note in _advise(book, CALL, platform="unknown").notes)


def test_an_old_rule_is_said_to_be_old(book: Book) -> None:
    assert any("2020-10-19時点" in note for note in _advise(book, CALL, as_of=date(2020, 10, 19)).notes)
    assert not _advise(book, CALL).notes


def test_a_depending_answer_gives_both_branches(book: Book) -> None:
    advice = _advise(book, CALL, stage="unknown")
    assert advice.verdict == "depends"
    assert dict(advice.branches) == {"before_contract": "against_rules", "after_contract": "caution"}
    assert advice.summary == "Zoomでの通話は、契約前ならルール違反、契約後なら要確認です。"


def test_hurry_is_noted_beside_a_request_but_not_beside_harmless_words(book: Book) -> None:
    assert any("急" in note for note in _advise(book, _signal(CALL, "hurry")).notes)
    assert not _advise(book, _signal(NOTHING, "hurry")).notes


def test_what_already_happened_comes_first_in_the_steps_and_the_desks(book: Book) -> None:
    facts = _signal(replace(NOTHING, asks=(PAYMENT,)), "did_pay")
    advice = _advise(book, facts)
    assert advice.verdict == "danger"
    assert advice.next_steps[0] == "振込先の銀行や決済会社に、いますぐ連絡してください。"
    assert [desk.id for desk in advice.help][:3] == ["bank", "hotline", "police"]


def test_there_are_at_most_four_steps_and_none_twice(book: Book) -> None:
    every = replace(NOTHING, asks=(PAYMENT, *CALL.asks, Ask("identity_document", "", 0, 0)))
    steps = _advise(book, every).next_steps
    assert 2 <= len(steps) <= 4 and len(set(steps)) == len(steps)


def test_beside_a_danger_no_step_sounds_like_a_way_to_go_on(book: Book) -> None:
    steps = _advise(book, replace(CALL, asks=(*CALL.asks, PAYMENT))).next_steps
    assert not any("申請" in step for step in steps)


@pytest.mark.parametrize(
    ("asks", "claim", "stage", "first"),
    [
        ("call", None, "before_contract", "decline"),
        ("call", None, "after_contract", "approval_request"),
        ("call", "approval_granted", "before_contract", "approval_check"),
        ("call", "approval_pending", "before_contract", "approval_check"),
        ("upfront_payment", None, "before_contract", "refuse_firmly"),
        ("outside_details", None, "before_contract", "ask_details"),
        ("phishing_link", None, "before_contract", "report"),
        ("direct_deal", None, "after_contract", "decline"),
    ],
)
def test_the_recommended_reply(asks: str, claim: str | None, stage: str, first: str, book: Book) -> None:
    facts = replace(
        NOTHING,
        asks=(Ask(asks, "", 0, 0),),  # type: ignore[arg-type]
        claims=(Claim(claim, "", 0, 0),) if claim else (),  # type: ignore[arg-type]
    )
    assert _advise(book, facts, stage=stage).draft_kinds[0] == first


def test_beside_a_danger_nothing_is_agreed_to_and_no_approval_is_sought(book: Book) -> None:
    facts = replace(CALL, asks=(*CALL.asks, PAYMENT), claims=(Claim("approval_granted", "", 0, 0),))
    assert {"accept", "approval_check", "approval_request"}.isdisjoint(_advise(book, facts).draft_kinds)


def test_a_harmless_text_needs_no_reply_and_is_not_called_safe(book: Book) -> None:
    advice = _advise(book, NOTHING)
    assert (advice.verdict, advice.draft_kinds, advice.findings) == ("ok", (), ())
    assert "見つかりませんでした" in advice.summary and "安全" not in advice.summary
    assert advice.next_steps


def test_the_sites_own_call_may_be_accepted(book: Book) -> None:
    builtin = replace(NOTHING, asks=(Ask("call", "", 0, 0, "builtin"),))
    assert _advise(book, builtin, platform="lancers").draft_kinds[0] == "accept"


def test_the_same_message_has_the_same_id_and_another_stage_another_one(book: Book) -> None:
    one = _advise(book, CALL)
    assert one == _advise(book, CALL)
    assert len(one.id) == 16 and one.id != _advise(book, CALL, stage="after_contract").id
