"""Summary: the answer in one sentence, as one would say it to a friend."""

from __future__ import annotations

from collections.abc import Sequence

from service.facts.fact import Ask, Facts
from service.rulebook.book import Judgement, RuleBook
from service.rulebook.finding import Finding
from service.vocabulary import Platform, Verdict

# Said where no single rule words the answer itself.
_USUAL: dict[Verdict, str] = {
    "danger": "{asked}には、契約や許可があっても応じないでください。",
    "against_rules": "{asked}は、{site}のルールで認められていません。",
    "caution": "{asked}は、条件を確かめてから返事をしましょう。",
    "ok": "{asked}は、{site}のルールで認められている範囲です。",
}
_BRANCH: dict[Verdict, str] = {
    "danger": "危険", "against_rules": "ルール違反", "caution": "要確認", "ok": "問題なし",
}  # fmt: skip
# Nothing found is not the same as safe: the sentence says only what was looked for.
_NOTHING = "外部での連絡やお金の要求など、気をつけたい頼みごとは見つかりませんでした。"
_NO_ANSWER = "気をつけたい頼みごとは読み取れなかったため、依頼者からのメッセージをそのまま貼り付けてみてください。"


def summarise(facts: Facts, judgement: Judgement, book: RuleBook, platform: Platform) -> str:
    """Return one sentence with the verdict and what it is about."""
    deeds = [finding for finding in judgement.findings if finding.is_deed]
    if deeds and facts.role == "worker_question":  # "do not agree to it" would come too late
        return _summarise_signals(facts, deeds)
    if judgement.verdict == "depends":
        return _summarise_branches(facts, judgement, book, platform)
    worst = [finding for finding in judgement.findings if finding.verdict == judgement.verdict]
    asking = [finding for finding in worst if finding.asks]
    if not asking:
        return _summarise_signals(facts, worst)
    if len(asking) == 1 and asking[0].summary:
        return asking[0].summary
    site = "多くのサイト" if platform == "unknown" else book.sites[platform].name
    return _USUAL[judgement.verdict].format(asked=_name(facts, asking, book, platform), site=site)


def _summarise_branches(facts: Facts, judgement: Judgement, book: RuleBook, platform: Platform) -> str:
    asked = _name(facts, [finding for finding in judgement.findings if finding.stage != "unknown"], book, platform)
    before, after = (_BRANCH[verdict] for _, verdict in judgement.branches)
    return f"{asked}は、契約前なら{before}、契約後なら{after}です。"


def _summarise_signals(facts: Facts, findings: Sequence[Finding]) -> str:
    for finding in findings:
        if finding.summary:
            return finding.summary
    for finding in findings:
        return finding.why.partition("。")[0] + "。"  # an answer begins with what matters most
    return _NO_ANSWER if facts.role in ("worker_question", "chat") else _NOTHING


def _name(facts: Facts, findings: Sequence[Finding], book: RuleBook, platform: Platform) -> str:
    kinds = {kind for finding in findings for kind in finding.asks}
    asks: list[Ask] = [ask for ask in facts.asks if ask.kind in kinds]
    return book.name_asks(asks, platform)
