"""Summary: the answer in one sentence, as one would say it to a friend."""

from __future__ import annotations

from service.facts.fact import Facts
from service.rulebook.book import Judgement
from service.vocabulary import Stage, Verdict

_PLAIN: dict[Verdict, str] = {
    "danger": "{asked}は、応じないでください。契約や許可があっても危険な頼みごとです。",
    "against_rules": "{asked}は、{when}サイトのルールに反します。応じずに、サイトのメッセージで続けましょう。",
    "caution": "{asked}は、すぐには応じず、先に確かめたいことがあります。",
    "depends": "{asked}に応じてよいかは、契約の前か後かで変わります。",
    "ok": "{asked}は、サイトのルールの範囲内です。",
}
_SIGNALS_ALONE: dict[Verdict, str] = {
    "danger": "運営を名乗る、不審な連絡のおそれがあります。応じないでください。",
    "against_rules": "サイトのルールに反するおそれがあります。",
    "caution": "応じる前に、確かめておきたいことがあります。",
    "depends": "契約の前か後かで、答えが変わります。",
    "ok": "",
}
_WHEN: dict[Stage, str] = {"before_contract": "契約前は", "after_contract": "", "unknown": ""}
# Nothing found is not the same as safe: the sentence says only what was looked for.
_NOTHING = "外部での連絡やお金の要求など、気をつけたい頼みごとは見つかりませんでした。"
_NO_ANSWER = "気をつけたい頼みごとは読み取れませんでした。依頼者からのメッセージを、そのまま貼り付けてみてください。"
_ANSWERED = "ご質問に、わかる範囲でお答えします。"


def summarise(facts: Facts, judgement: Judgement, asked: str, stage: Stage, *, answered: bool) -> str:
    """Return one or two short sentences with the verdict and what it is about."""
    if facts.asks:
        when = _WHEN[stage] if _turns_on_stage(judgement) else ""
        return _PLAIN[judgement.verdict].replace("{asked}", asked).replace("{when}", when)
    if judgement.findings:
        return _SIGNALS_ALONE[judgement.verdict]
    if answered:
        return _ANSWERED
    return _NO_ANSWER if facts.role in ("worker_question", "chat") else _NOTHING


def _turns_on_stage(judgement: Judgement) -> bool:
    return any("before" in finding.rule for finding in judgement.findings)
