"""Verdicts today: what each site allows, before and after the contract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.rulebook.book import Judgement

Judge = Callable[..., Judgement]

CONTACT = (
    "call", "line_exchange", "other_messenger", "email_exchange", "phone_number", "postal_address", "meet_in_person",
)  # fmt: skip
DANGERS = (
    "identity_document", "credentials", "app_install", "upfront_payment", "purchase", "solicitation", "task_scam",
    "account_lending", "remote_control", "forwarding", "phishing_link", "fake_review", "outside_details",
    "income_question", "other_messenger:telegram", "other_messenger:signal",
)  # fmt: skip
FORBIDDEN = ("direct_deal", "bank_account", "work_before_escrow", "unpaid_test")
SITES = ("crowdworks", "lancers", "coconala", "shufti", "craudia", "upwork", "fiverr", "unknown")
STAGES = ("before_contract", "after_contract", "unknown")
BEFORE, AFTER, UNKNOWN = STAGES


@pytest.mark.parametrize("ask", CONTACT)
def test_contact_on_crowdworks_turns_on_the_stage(ask: str, judge: Judge) -> None:
    unsure = judge(ask, stage=UNKNOWN)
    assert judge(ask, stage=BEFORE).verdict == "against_rules"
    assert judge(ask, stage=AFTER).verdict == "caution"
    assert unsure.verdict == "depends"
    assert unsure.branches == ((BEFORE, "against_rules"), (AFTER, "caution"))
    assert {finding.stage for finding in unsure.findings} == {BEFORE, AFTER}


@pytest.mark.parametrize("claim", ["approval_granted", "approval_pending", "bizmatch"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("ask", CONTACT)
def test_a_claimed_permission_is_a_check_at_every_stage(ask: str, stage: str, claim: str, judge: Judge) -> None:
    assert judge(ask, stage=stage, claims=claim).verdict == "caution"


@pytest.mark.parametrize(
    ("ask", "claim"), [("call", "call_consented_in_posting"), ("other_messenger:chatwork", "chatwork_proposed")]
)
def test_a_posting_or_chatwork_never_stands_for_approval(ask: str, claim: str, judge: Judge) -> None:
    before, after = judge(ask, claims=claim), judge(ask, claims=claim, stage=AFTER)
    assert (before.verdict, after.verdict) == ("against_rules", "caution")
    assert {finding.rule for finding in before.findings}.isdisjoint({"crowdworks/contact-before-contract"})


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_to_happen_after_the_contract_is_judged_so(stage: str, judge: Judge) -> None:
    assert judge("call+", stage=stage).verdict == "caution"


def test_an_address_for_a_contract_paper_is_a_check(judge: Judge) -> None:
    assert judge("postal_address", signals="outside_nda").verdict == "caution"
    assert judge("postal_address").verdict == "against_rules"


@pytest.mark.parametrize("platform", SITES)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("ask", DANGERS)
def test_a_danger_is_one_everywhere_whatever_was_approved(ask: str, stage: str, platform: str, judge: Judge) -> None:
    assert judge(ask, stage=stage, platform=platform, claims="approval_granted").verdict == "danger"


@pytest.mark.parametrize("platform", SITES)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("ask", FORBIDDEN)
def test_money_and_unpaid_work_are_forbidden_everywhere(ask: str, stage: str, platform: str, judge: Judge) -> None:
    assert judge(ask, stage=stage, platform=platform).verdict == "against_rules"


def test_signing_up_is_a_danger_until_the_contract_is_sure(judge: Judge) -> None:
    verdicts = [judge("registration", stage=stage).verdict for stage in (BEFORE, UNKNOWN, AFTER)]
    assert verdicts == ["danger", "danger", "caution"]


def test_my_number_for_a_tax_form_is_a_check_only_after_the_contract(judge: Judge) -> None:
    assert judge("identity_document", signals="mynumber_tax", stage=AFTER).verdict == "caution"
    assert judge("identity_document", signals="mynumber_tax", stage=BEFORE).verdict == "danger"


@pytest.mark.parametrize("platform", SITES)
def test_signals_alone(platform: str, judge: Judge) -> None:
    assert judge(signals="impersonation", platform=platform).verdict == "danger"
    for signal in ("form_link", "client_access", "outside_nda"):
        assert judge(signals=signal, platform=platform).verdict == "caution"
    for signal in ("hurry", "easy_money", "anonymised"):
        assert judge(signals=signal, platform=platform).verdict == "ok"


@pytest.mark.parametrize("platform", SITES)
def test_nothing_asked_is_ok_with_no_finding(platform: str, judge: Judge) -> None:
    judgement = judge(platform=platform, stage=UNKNOWN)
    assert judgement.verdict == "ok" and not judgement.findings


@pytest.mark.parametrize(
    ("platform", "ask", "before", "after", "unknown"),
    [
        ("lancers", "line_exchange", "against_rules", "caution", "depends"),
        ("lancers", "call:zoom", "against_rules", "caution", "depends"),
        ("lancers", "meet_in_person", "against_rules", "caution", "depends"),
        ("lancers", "call:builtin", "ok", "ok", "ok"),
        ("coconala", "line_exchange", "against_rules", "against_rules", "against_rules"),
        ("coconala", "call:zoom", "against_rules", "against_rules", "against_rules"),
        ("coconala", "meet_in_person", "against_rules", "against_rules", "against_rules"),
        ("coconala", "call:builtin", "ok", "ok", "ok"),
        ("shufti", "call:zoom", "against_rules", "caution", "depends"),
        ("craudia", "phone_number", "against_rules", "caution", "depends"),
        ("upwork", "email_exchange", "against_rules", "ok", "depends"),
        ("upwork", "call:builtin", "ok", "ok", "ok"),
        ("fiverr", "email_exchange", "against_rules", "caution", "depends"),
        ("fiverr", "call:builtin", "ok", "ok", "ok"),
        ("unknown", "line_exchange", "against_rules", "caution", "depends"),
    ],
)
def test_each_site_has_its_own_rule(
    platform: str, ask: str, before: str, after: str, unknown: str, judge: Judge
) -> None:
    verdicts = [judge(ask, platform=platform, stage=stage).verdict for stage in STAGES]
    assert verdicts == [before, after, unknown]


def test_a_claimed_permission_opens_nothing_on_lancers_before_escrow(judge: Judge) -> None:
    judgement = judge("call:zoom", platform="lancers", claims="approval_granted")
    assert judgement.verdict == "against_rules"
    assert [finding.rule for finding in judgement.findings] == ["lancers/permission-before-escrow"]


def test_the_worst_finding_comes_first_and_decides(judge: Judge) -> None:
    judgement = judge("call:zoom upfront_payment", claims="approval_granted")
    assert [finding.verdict for finding in judgement.findings] == ["danger", "caution"]
    assert judgement.verdict == "danger"


def test_a_verdict_shared_by_both_stages_shows_the_findings_of_both(judge: Judge) -> None:
    judgement = judge("call:zoom direct_deal", stage=UNKNOWN)
    assert judgement.verdict == "against_rules" and not judgement.branches
    assert {(finding.rule, finding.stage) for finding in judgement.findings} == {
        ("crowdworks/direct-deal", UNKNOWN),
        ("crowdworks/contact-before-contract", BEFORE),
        ("crowdworks/contact-after-contract", AFTER),
    }
    assert judgement.findings[-1].verdict == "caution"


@pytest.mark.parametrize("signal", ["did_pay", "did_identity", "did_line", "threat"])
def test_what_already_happened_is_never_plain_ok(signal: str, judge: Judge) -> None:
    judgement = judge(signals=signal, stage=UNKNOWN)
    assert judgement.verdict == "caution"
    assert judgement.findings[0].next_steps and judgement.findings[0].help


def test_a_question_is_answered_for_its_site(judge: Judge) -> None:
    crowdworks = judge(signals="question_application").findings
    coconala = judge(signals="question_application", platform="coconala").findings
    assert "やること" in crowdworks[0].why and crowdworks[0].sources
    assert "禁止" in coconala[0].why and "やること" not in coconala[0].why
