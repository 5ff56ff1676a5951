"""The words of the contract: the same in the rule files, in the code, in JSON and on the screen."""

from __future__ import annotations

from typing import Literal, get_args

Platform = Literal["crowdworks", "lancers", "coconala", "shufti", "craudia", "upwork", "fiverr", "unknown"]
Stage = Literal["before_contract", "after_contract", "unknown"]
Role = Literal["client_message", "job_posting", "worker_question", "chat"]
Verdict = Literal["danger", "against_rules", "caution", "depends", "ok"]
AskKind = Literal[
    "call", "line_exchange", "other_messenger", "email_exchange", "phone_number", "postal_address",
    "identity_document", "bank_account", "credentials", "app_install", "registration", "upfront_payment",
    "purchase", "solicitation", "direct_deal", "work_before_escrow", "unpaid_test", "task_scam",
    "account_lending", "remote_control", "forwarding", "phishing_link", "fake_review", "outside_details",
    "income_question", "meet_in_person",
]  # fmt: skip
ClaimKind = Literal[
    "approval_granted", "approval_pending", "bizmatch", "call_consented_in_posting", "chatwork_proposed"
]
DraftKind = Literal[
    "decline", "approval_request", "approval_check", "move_to_platform", "accept", "refuse_firmly", "report",
    "ask_details",
]  # fmt: skip
Register = Literal["polite", "soft", "short"]
Language = Literal["ja", "en", "zh"]
Wording = Literal["template", "model"]

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
PLATFORMS: tuple[Platform, ...] = get_args(Platform)
STAGES: tuple[Stage, ...] = get_args(Stage)
ROLES: tuple[Role, ...] = get_args(Role)
# Worst first: the overall verdict is the worst one found.
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ASK_KINDS: tuple[AskKind, ...] = get_args(AskKind)
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
DRAFT_KINDS: tuple[DraftKind, ...] = get_args(DraftKind)
REGISTERS: tuple[Register, ...] = get_args(Register)
LANGUAGES: tuple[Language, ...] = get_args(Language)

# The verdict's badge, as the worker reads it: a sign and a word, so that colour is never alone.
BADGES: dict[Verdict, tuple[str, str]] = {
    "danger": ("🛑", "危険"),
    "against_rules": ("⛔", "規約違反"),
    "caution": ("⚠️", "要確認"),
    "depends": ("❓", "状況次第"),
    "ok": ("✅", "問題なし"),
}


def is_site_name(name: str) -> bool:
    """Whether a word can name a site. Besides PLATFORMS, a file under rules/platforms may bring a new one."""
    return name in PLATFORMS or (
        0 < len(name) <= 30 and name[0] in _LETTERS and set(name) <= _LETTERS | set("0123456789_")
    )


def rank_verdict(verdict: Verdict) -> int:
    """Return the verdict's place from worst (0) to best."""
    return VERDICTS.index(verdict)
