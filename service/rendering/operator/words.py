"""How the desk names what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.rendering.names import ASK_NAMES, CLAIM_NAMES, PLATFORM_NAMES, ROLE_NAMES, STAGE_NAMES
from service.rulebook.book import RuleBook
from service.vocabulary import BADGES, Platform

CHANNEL_NAMES = {"line": "LINE", "web": "ウェブ", "api": "API", "terminal": "端末"}
UNCLEAR_NAMES = {
    "nothing_found": "何も見つからなかった",
    "contradiction": "選んだ内容と文面が食いちがう",
    "rated_wrong": "「違った」と言われた",
}
USEFUL_NAMES = {"useful": "役に立った", "wrong": "違った"}
_REASON_NAMES = {
    "": "ひな形を選んだ",
    "no_model": "モデルの設定がない",
    "small_talk": "短いやり取り",
    "late": "時間切れ",
    "deadline": "時間切れ",
    "timeout": "時間切れ",
    "breaker": "モデルを休ませている",
    "busy": "モデルが混んでいる",
    "rate_limit": "モデルが混んでいる",
    "connect": "モデルにつながらない",
    "connection": "モデルにつながらない",
    "server": "モデルにつながらない",
    "unauthorized": "モデルの鍵が使えない",
    "quota": "モデルの残高がない",
    "unknown_price": "モデルの値段がわからない",
}
CONDITION_NAMES = {
    "asks": "頼みごと",
    "channels": "手段",
    "not_channels": "手段",
    "stage": "契約の段階",
    "claims": "許可についての説明",
    "signals": "しるし",
}
FACT_NAMES = {
    "ask": "頼みごと",
    "claim": "許可についての説明",
    "signal": "しるし",
    "stage": "契約の段階",
    "role": "文の種類",
    "site": "サイト",
    "future": "契約後の話",
}
_KINDS: Mapping[str, Mapping[Any, str]] = {
    "ask": ASK_NAMES,
    "claim": CLAIM_NAMES,
    "stage": STAGE_NAMES,
    "role": ROLE_NAMES,
    "site": PLATFORM_NAMES,
    "future": {"after_contract": "契約のあとの話"},
    "channel": CHANNEL_NAMES,
    "platform": PLATFORM_NAMES,
    "verdict": {verdict: word for verdict, (_, word) in BADGES.items()},
    "useful": USEFUL_NAMES,
    "unclear": UNCLEAR_NAMES,
    "wording": {"model": "モデル", "template": "ひな形"},
}


def name_kind(fact: str, kind: str) -> str:
    """Return how a kind is said to a person; a kind without a name is said as it is."""
    return _KINDS.get(fact, {}).get(kind, kind)


def name_sites(book: RuleBook) -> dict[Platform, str]:
    """Return the names of the sites that the rules know, the usual ones first."""
    usual = {site: name for site, name in PLATFORM_NAMES.items() if site in book.sites}
    return usual | {site: book.sites[site].name for site in book.sites if site not in usual}


def name_reason(reason: str) -> str:
    """Return why a template went out; what only a programmer would tell apart is one thing."""
    if reason.startswith("guard_"):
        return "確認に通らなかった"
    return "予算の上限" if reason.startswith("budget_") else _REASON_NAMES.get(reason, "モデルの答えが使えない")


def name_pace(step: str) -> str:
    """Return a step of time in words."""
    return "それより長い" if step == "over" else f"{step}秒まで"
