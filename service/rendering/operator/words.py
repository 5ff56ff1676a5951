"""How the desk names what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.rendering.names import ASK_NAMES, CLAIM_NAMES, PLATFORM_NAMES, ROLE_NAMES, STAGE_NAMES
from service.vocabulary import BADGES

CHANNEL_NAMES = {"line": "LINE", "web": "ウェブ", "api": "API", "terminal": "端末"}
UNCLEAR_NAMES = {
    "nothing_found": "何も見つからなかった",
    "contradiction": "選んだ内容と文面が食いちがう",
    "rated_wrong": "「違った」と言われた",
}
USEFUL_NAMES = {"useful": "役に立った", "wrong": "違った"}
REASON_NAMES = {
    "": "ひな形を選んだ",
    "no_model": "モデルの設定がない",
    "timeout": "時間切れ",
    "deadline": "時間切れ",
    "budget": "予算の上限",
    "guard": "確認に通らなかった",
    "refused": "確認に通らなかった",
    "breaker": "モデルを休ませている",
    "error": "モデルのエラー",
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
    "reason": REASON_NAMES,
    "wording": {"model": "モデル", "template": "ひな形"},
}


def name_kind(fact: str, kind: str) -> str:
    """Return how a kind is said to a person; a kind without a name is said as it is."""
    return _KINDS.get(fact, {}).get(kind, kind)


def name_pace(step: str) -> str:
    """Return a step of time in words."""
    return "それより長い" if step == "over" else f"{step}秒まで"
