"""How the contract's words are said to a person."""

from __future__ import annotations

from collections.abc import Sequence

from service.facts.fact import Facts
from service.rulebook.finding import Finding, Source
from service.rulebook.stale import find_standing_day
from service.vocabulary import BADGES, AskKind, ClaimKind, Platform, Register, Role, Stage, Verdict

PLATFORM_NAMES: dict[Platform, str] = {
    "crowdworks": "クラウドワークス",
    "lancers": "ランサーズ",
    "coconala": "ココナラ",
    "shufti": "シュフティ",
    "craudia": "クラウディア",
    "upwork": "Upwork",
    "fiverr": "Fiverr",
    "unknown": "サイト不明",
}
STAGE_NAMES: dict[Stage, str] = {"before_contract": "契約前", "after_contract": "契約後", "unknown": "契約の段階は不明"}
ROLE_NAMES: dict[Role, str] = {
    "client_message": "届いたメッセージ",
    "job_posting": "募集の文面",
    "worker_question": "ご質問",
    "chat": "いただいた文",
}
REGISTER_NAMES: dict[Register, str] = {"polite": "丁寧", "soft": "やわらかめ", "short": "短め"}
ASK_NAMES: dict[AskKind, str] = {
    "call": "通話・面談",
    "line_exchange": "LINEの交換",
    "other_messenger": "ほかの連絡アプリ",
    "email_exchange": "メールでの連絡",
    "phone_number": "電話番号",
    "postal_address": "住所",
    "identity_document": "本人確認書類",
    "bank_account": "口座の情報",
    "credentials": "パスワード・認証番号",
    "app_install": "アプリの追加",
    "registration": "外部への登録",
    "upfront_payment": "先払い",
    "purchase": "商品・教材の購入",
    "solicitation": "勧誘",
    "direct_deal": "サイト外での取引",
    "work_before_escrow": "仮払い前の作業",
    "unpaid_test": "無償のテスト",
    "task_scam": "簡単な作業をうたう誘い",
    "account_lending": "アカウントの貸し借り",
    "remote_control": "遠隔操作",
    "forwarding": "お金や荷物の受け渡し",
    "phishing_link": "不審なリンク",
    "fake_review": "やらせの口コミ",
    "outside_details": "サイト外での説明",
    "income_question": "収入や貯金の質問",
    "meet_in_person": "対面での面会",
}
CLAIM_NAMES: dict[ClaimKind, str] = {
    "approval_granted": "許可を得たという説明",
    "approval_pending": "申請中という説明",
    "bizmatch": "ビズマッチを使っているという説明",
    "call_consented_in_posting": "募集文で通話に同意したという説明",
    "chatwork_proposed": "チャットワークの提案",
}


def badge(verdict: Verdict) -> str:
    """Return the verdict as a sign and a word."""
    return " ".join(BADGES[verdict])


def name_marked(facts: Facts) -> str:
    """Return what is underlined: each kind of ask and claim once."""
    asks = (ASK_NAMES[ask.kind] for ask in facts.asks)
    return "、".join(dict.fromkeys([*asks, *(CLAIM_NAMES[claim.kind] for claim in facts.claims)]))


def name_source(source: Source) -> str:
    """Return where a rule comes from, with the day it was looked up and whether its own text was read."""
    day = source.checked_on.isoformat()
    return f"{source.title}（{day} 確認）" if source.confirmed else f"{source.title}（{day} 時点・原文は未確認）"


def name_standing(findings: Sequence[Finding], edition: str) -> str:
    """Return the day an answer stands on: when the oldest of its sources was looked up, or the edition without any."""
    day = find_standing_day(findings)
    return f"{day.isoformat()} に確かめた出典によるお答えです。" if day else f"ルールの版 {edition} によるお答えです。"
