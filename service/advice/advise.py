"""Findings become advice: the stage and site it stands on, a summary, the next steps, the drafts to offer."""

from __future__ import annotations

import hashlib

from service.advice.advice import Advice, HelpContact
from service.advice.summary import summarise
from service.facts.fact import Facts
from service.intake.message import Message
from service.rulebook.answers import choose_answers
from service.rulebook.book import Judgement, RuleBook
from service.vocabulary import DraftKind, Platform, Stage

_MOST_STEPS = 4
_STAGE_WORDS: dict[Stage, str] = {"before_contract": "契約前", "after_contract": "契約後", "unknown": "不明"}
_NOTHING_TO_DO = (
    "このまま、サイトのメッセージで続けましょう。",
    "作業は、契約や支払いの手続きの完了を画面で確かめてから始めましょう。",
)
# What raises the risk of a request without being one; said only beside a verdict that is not ok.
_RISKS = {
    "hurry": "返事を急がせる言葉があります。急がされても、確かめる時間をとって大丈夫です。",
    "easy_money": "「簡単に稼げる」といった言葉があります。仕事の内容と報酬の条件を、落ち着いて確かめましょう。",
}


def advise(message: Message, facts: Facts, book: RuleBook) -> Advice:
    """Return what the rules say about one message. Pure: the same message and book give the same advice."""
    book.require_site(message.platform)
    platform = message.platform or facts.platform or "crowdworks"
    stage = facts.stage if message.stage in (None, "unknown") else message.stage
    judgement = book.judge(facts, platform=platform, stage=stage, as_of=message.as_of)
    return Advice(
        id=_identify(message, book.edition, platform, stage),
        edition=book.edition,
        as_of=message.as_of,
        platform=platform,
        platform_name=book.sites[platform].name,
        stage=stage,
        role=facts.role,
        verdict=judgement.verdict,
        summary=summarise(facts, judgement, book, platform),
        facts=facts,
        asks=tuple(dict.fromkeys(ask.kind for ask in facts.asks)),
        findings=judgement.findings,
        next_steps=_list_steps(facts, judgement, book, platform),
        draft_kinds=_choose_drafts(judgement),
        branches=judgement.branches,
        notes=(*_note_doubts(message, facts, book), *_note_rules(judgement, facts, message, book, platform)),
        help=_list_help(facts, judgement, book, platform),
    )


def is_contradicted(message: Message, facts: Facts) -> bool:
    """Whether the text shows another stage or site than the worker told."""
    return _doubts_stage(message, facts) or _doubts_site(message, facts)


def _doubts_stage(message: Message, facts: Facts) -> bool:
    asked = facts.role == "worker_question"  # the worker's own words tell of the stage, they do not contradict it
    return message.stage not in (None, "unknown", facts.stage) and facts.stage != "unknown" and not asked


def _doubts_site(message: Message, facts: Facts) -> bool:
    return bool(message.platform and facts.platform and facts.platform != message.platform)


def _note_doubts(message: Message, facts: Facts, book: RuleBook) -> list[str]:
    """What the worker said wins over what the text shows; a contradiction is told."""
    notes = []
    if message.stage and _doubts_stage(message, facts):
        told, shown = _STAGE_WORDS[message.stage], _STAGE_WORDS[facts.stage]
        notes.append(
            f"メッセージには「{facts.stage_quote}」とあり、{shown}のようにも読めます。"
            f"ここでは、お知らせいただいた{told}としてお答えしています。"
        )
    if message.platform and facts.platform and _doubts_site(message, facts):
        told, shown = book.sites[message.platform].name, book.sites[facts.platform].name
        notes.append(f"文面には{shown}の名前も出てきます。ここでは、{told}のルールでお答えしています。")
    return notes


def _note_rules(judgement: Judgement, facts: Facts, message: Message, book: RuleBook, platform: Platform) -> list[str]:
    notes = []
    if platform == "unknown":
        notes.append(
            "どのサイトかわからないため、厳しいほうのルールでお答えしています。お使いのサイトの規約もご確認ください。"
        )
    if book.is_past(judgement, platform):
        notes.append(f"{message.as_of.isoformat()}時点のルールでのお答えです。いまのルールとは異なります。")
    if judgement.verdict != "ok":
        notes += [_RISKS[signal.kind] for signal in facts.signals if signal.kind in _RISKS]
    return notes


def _list_steps(facts: Facts, judgement: Judgement, book: RuleBook, platform: Platform) -> tuple[str, ...]:
    """What has already happened comes first; then the gravest finding's steps."""
    deeds = [step for row in choose_answers(book.done, facts, platform) for step in row.steps]
    # Beside a danger the milder steps would sound like a way to go on.
    grave = [finding for finding in judgement.findings if finding.verdict == "danger"] or judgement.findings
    steps = dict.fromkeys(deeds + [step for finding in grave for step in finding.next_steps])
    return tuple(steps)[:_MOST_STEPS] if judgement.findings else _NOTHING_TO_DO


def _choose_drafts(judgement: Judgement) -> tuple[DraftKind, ...]:
    """The gravest finding's drafts come first; agreeing is never offered beside a danger."""
    kinds = list(dict.fromkeys(kind for finding in judgement.findings for kind in finding.drafts))
    if judgement.verdict in ("danger", "against_rules"):
        kinds = [kind for kind in kinds if kind != "accept"]
    if judgement.verdict == "danger":
        kinds = [kind for kind in kinds if kind not in ("approval_request", "approval_check")]
    return tuple(kinds)


def _list_help(facts: Facts, judgement: Judgement, book: RuleBook, platform: Platform) -> tuple[HelpContact, ...]:
    names = [name for row in choose_answers(book.done, facts, platform) for name in row.help]
    names += [name for finding in judgement.findings for name in finding.help]
    return tuple(
        HelpContact(desk.id, desk.name, desk.phone, desk.url, desk.text)
        for desk in (book.desks[name] for name in dict.fromkeys(names))
    )


def _identify(message: Message, edition: str, platform: Platform, stage: Stage) -> str:
    parts = "\x1f".join((edition, message.as_of.isoformat(), platform, stage, message.text))
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16]
