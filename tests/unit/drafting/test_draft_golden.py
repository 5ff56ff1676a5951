"""About thirty situations with the whole text that goes out; UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from service.drafting.draft import Draft

Compose = Callable[..., tuple[Draft, dict[str, str]]]
GOLDEN = Path(__file__).parents[2] / "golden" / "drafts"

# name: kind, asks, site, register, language
SITUATIONS = {
    "zoom-before-contract": ("decline", "call/zoom", "crowdworks", "polite", "ja"),
    "zoom-before-contract-soft": ("decline", "call/zoom", "crowdworks", "soft", "ja"),
    "zoom-before-contract-short": ("decline", "call/zoom", "crowdworks", "short", "ja"),
    "zoom-and-line": ("decline", "call/zoom line_exchange/line", "crowdworks", "polite", "ja"),
    "phone-on-lancers": ("decline", "call/phone", "lancers", "polite", "ja"),
    "line-on-coconala-soft": ("decline", "line_exchange/line", "coconala", "soft", "ja"),
    "contact-details-on-shufti": ("decline", "email_exchange phone_number postal_address", "shufti", "polite", "ja"),
    "chatwork-unknown-site": ("decline", "other_messenger/chatwork", "unknown", "short", "ja"),
    "work-before-escrow": ("decline", "work_before_escrow", "crowdworks", "polite", "ja"),
    "unpaid-test-soft": ("decline", "unpaid_test", "crowdworks", "soft", "ja"),
    "direct-deal": ("decline", "direct_deal", "lancers", "polite", "ja"),
    "identity-document": ("decline", "identity_document", "crowdworks", "polite", "ja"),
    "seminar-soft": ("decline", "solicitation", "crowdworks", "soft", "ja"),
    "google-form": ("decline", "registration/google_form", "crowdworks", "polite", "ja"),
    "meet-in-person": ("decline", "meet_in_person", "coconala", "polite", "ja"),
    "income-question-short": ("decline", "income_question", "crowdworks", "short", "ja"),
    "call-and-work-before-escrow": ("decline", "call/zoom work_before_escrow", "crowdworks", "polite", "ja"),
    "please-apply": ("approval_request", "call/zoom", "crowdworks", "polite", "ja"),
    "please-apply-soft": ("approval_request", "other_messenger/chatwork", "crowdworks", "soft", "ja"),
    "please-apply-short": ("approval_request", "call/zoom", "crowdworks", "short", "ja"),
    "please-ask-the-office": ("approval_request", "line_exchange/line", "unknown", "polite", "ja"),
    "apply-for-the-call-only": ("approval_request", "call/zoom bank_account", "crowdworks", "polite", "ja"),
    "approval-claimed": ("approval_check", "call/zoom", "crowdworks", "polite", "ja"),
    "approval-claimed-soft": ("approval_check", "line_exchange/line", "crowdworks", "soft", "ja"),
    "carry-on-in-messages": ("move_to_platform", "line_exchange/line", "crowdworks", "polite", "ja"),
    "accept-after-approval": ("accept", "call/google_meet", "crowdworks", "polite", "ja"),
    "accept-on-lancers-soft": ("accept", "call/zoom", "lancers", "soft", "ja"),
    "accept-the-work-only": ("accept", "upfront_payment", "crowdworks", "polite", "ja"),
    "refuse-account-lending": ("refuse_firmly", "account_lending", "crowdworks", "polite", "ja"),
    "refuse-payment-short": ("refuse_firmly", "upfront_payment purchase", "lancers", "short", "ja"),
    "report-line": ("report", "line_exchange/line", "crowdworks", "polite", "ja"),
    "report-identity-soft": ("report", "identity_document", "lancers", "soft", "ja"),
    "ask-details": ("ask_details", "outside_details", "crowdworks", "polite", "ja"),
    "zoom-in-english": ("decline", "call/zoom", "upwork", "polite", "en"),
    "apply-in-english": ("approval_request", "call/zoom phone_number", "crowdworks", "polite", "en"),
    "wechat-in-chinese": ("decline", "other_messenger/wechat", "crowdworks", "polite", "zh"),
    "escrow-in-chinese": ("decline", "work_before_escrow", "crowdworks", "polite", "zh"),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_whole_text_is_as_it_was_read(name: str, compose: Compose) -> None:
    kind, asks, platform, register, language = SITUATIONS[name]
    draft, _ = compose(kind, asks, platform=platform, register=register, language=language)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(draft.text + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == draft.text + "\n"


def test_no_golden_text_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SITUATIONS)
