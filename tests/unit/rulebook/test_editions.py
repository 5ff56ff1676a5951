"""Editions: each row of the source page (S1–S15), by the rules before 2020-10-20 and by today's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from service.consultation import Book
from service.rulebook.book import Judgement
from service.rulebook.diff import compare_editions

Judge = Callable[..., Judgement]

OLD, TODAY = date(2020, 10, 19), date(2026, 11, 23)
BEFORE, AFTER = "before_contract", "after_contract"

ROWS = [
    # row, asks, claims, stage, verdict then, verdict today
    ("S1", "call:skype", "", BEFORE, "against_rules", "against_rules"),
    ("S1", "call:zoom", "", BEFORE, "against_rules", "against_rules"),
    ("S1", "line_exchange:line registration", "", BEFORE, "danger", "danger"),
    ("S1", "call app_install", "", BEFORE, "danger", "danger"),
    ("S2", "call", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "email_exchange", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "postal_address", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "phone_number", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "other_messenger:skype", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "meet_in_person", "", BEFORE, "against_rules", "against_rules"),
    ("S3", "direct_deal", "", BEFORE, "against_rules", "against_rules"),
    ("S4", "identity_document", "", BEFORE, "danger", "danger"),
    ("S4", "solicitation", "", AFTER, "danger", "danger"),
    ("S4", "registration", "", BEFORE, "danger", "danger"),
    ("S4", "upfront_payment", "", AFTER, "danger", "danger"),
    ("S5", "call:zoom", "", BEFORE, "against_rules", "against_rules"),
    ("S6", "call:zoom", "", AFTER, "ok", "caution"),
    ("S7", "call:skype", "call_consented_in_posting", BEFORE, "ok", "against_rules"),
    ("S7", "call:skype+", "call_consented_in_posting", BEFORE, "ok", "caution"),
    ("S8", "call", "", AFTER, "ok", "caution"),
    ("S9", "other_messenger:chatwork", "chatwork_proposed", AFTER, "ok", "caution"),
    ("S10", "call:skype other_messenger:skype", "", AFTER, "ok", "caution"),
    ("S11", "line_exchange", "", AFTER, "caution", "caution"),
    ("S11", "other_messenger:instagram", "", AFTER, "caution", "caution"),
    ("S12", "call:zoom", "approval_granted", BEFORE, "ok", "caution"),
    ("S12", "email_exchange", "approval_granted", BEFORE, "ok", "caution"),
    ("S13", "call", "bizmatch", BEFORE, "ok", "caution"),
    ("S14", "call", "approval_pending", BEFORE, "caution", "caution"),
    ("S15", "other_messenger:chatwork", "", BEFORE, "against_rules", "against_rules"),
    ("S15", "other_messenger:chatwork", "", AFTER, "ok", "caution"),
]


@pytest.mark.parametrize(("row", "asks", "claims", "stage", "then", "now"), ROWS)
def test_each_row_of_the_page_then_and_now(
    row: str, asks: str, claims: str, stage: str, then: str, now: str, judge: Judge
) -> None:
    assert judge(asks, claims=claims, stage=stage, as_of=OLD).verdict == then, row
    assert judge(asks, claims=claims, stage=stage, as_of=TODAY).verdict == now, row


def test_the_rule_changes_on_the_day_itself(judge: Judge) -> None:
    verdicts = [judge("call", stage=AFTER, as_of=day).verdict for day in (OLD, date(2020, 10, 20))]
    assert verdicts == ["ok", "caution"]


@pytest.mark.parametrize(("day", "words"), [(OLD, "安全とはいえません"), (TODAY, "安全のしるしにはなりません")])
def test_a_contract_is_never_called_safe(day: date, words: str, judge: Judge) -> None:
    assert words in judge("call:zoom", stage=AFTER, as_of=day).findings[0].why


def test_the_work_only_account_is_advised_at_every_time(judge: Judge) -> None:
    for day in (OLD, TODAY):
        finding = judge("call:zoom", stage=AFTER, as_of=day).findings[0]
        assert "仕事用に分けたアカウント" in finding.do


def test_skype_is_said_to_have_ended_only_after_it_did(judge: Judge) -> None:
    said = [
        any("終了" in finding.why for finding in judge("call:skype", as_of=day).findings)
        for day in (date(2025, 5, 4), date(2025, 5, 5))
    ]
    assert said == [False, True]


def test_chatwork_is_not_said_to_be_recommended_today(judge: Judge) -> None:
    finding = judge("other_messenger:chatwork", claims="chatwork_proposed", stage=AFTER).findings[0]
    assert "見つかっていません" in finding.why


def test_passing_money_on_names_the_new_offence_only_since_it_exists(judge: Judge) -> None:
    before, since = (judge("forwarding", as_of=date(2026, 7, day)).findings[0] for day in (9, 10))
    assert "2026年7月10日" not in before.why and "2026年7月10日" in since.why


def test_the_difference_names_what_ended_and_what_began(book: Book) -> None:
    differences = {each.site: each for each in compare_editions(book.rules, start=OLD, end=TODAY)}
    crowdworks = differences["クラウドワークス"]
    began, ended = ({rule.id for rule in rows} for rows in (crowdworks.began, crowdworks.ended))
    assert "crowdworks/contact-after-contract" in began and "crowdworks/old-contact-after-contract" in ended
    assert all(rule.startswith("crowdworks/old-") for rule in ended)


def test_nothing_differs_between_a_day_and_itself(book: Book) -> None:
    assert compare_editions(book.rules, start=TODAY, end=TODAY) == []
