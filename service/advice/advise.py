"""Findings become advice: the stage and site it stands on, a summary, the next steps, the drafts to offer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from service.advice.advice import Advice, HelpContact
from service.advice.summary import summarise
from service.facts.fact import Facts
from service.intake.message import Message
from service.rulebook.book import Advised, Judgement, RuleBook
from service.vocabulary import DraftKind, Platform, Stage

_MOST_STEPS = 5
_STAGE_WORDS: dict[Stage, str] = {"before_contract": "契約前", "after_contract": "契約後", "unknown": "不明"}


def advise(message: Message, facts: Facts, book: RuleBook) -> Advice:
    """Return what the rules say about one message. Pure: the same message and book give the same advice."""
    platform = message.platform or facts.platform or "crowdworks"
    stage, notes = _settle_stage(message, facts)
    if platform == "unknown":
        notes.append("どのサイトかわからないため、いちばん厳しいルールでお答えしています。")
    judgement = book.judge(facts, platform=platform, stage=stage, as_of=message.as_of)
    deeds = _answers(book.done, facts)
    questions = _answers(book.questions, facts)
    return Advice(
        id=_identify(message, book.edition, platform, stage),
        edition=book.edition,
        as_of=message.as_of,
        platform=platform,
        platform_name=book.sites[platform].name,
        stage=stage,
        role=facts.role,
        verdict=judgement.verdict,
        summary=summarise(facts, judgement, book.name_asks(facts.asks, platform), stage, answered=bool(questions)),
        facts=facts,
        asks=tuple(ask.kind for ask in facts.asks),
        findings=judgement.findings,
        next_steps=_list_steps(deeds, questions, judgement),
        draft_kinds=_choose_drafts(judgement, facts),
        branches=judgement.branches,
        notes=tuple(notes),
        help=_list_help(book, deeds, judgement),
    )


def _settle_stage(message: Message, facts: Facts) -> tuple[Stage, list[str]]:
    """What the worker said wins over what the text shows; a contradiction is told."""
    told = message.stage or "unknown"
    if told == "unknown":
        return facts.stage, []
    if facts.stage not in ("unknown", told) and facts.role != "worker_question":
        return told, [
            f"メッセージには「{facts.stage_quote}」とあり、{_STAGE_WORDS[facts.stage]}のようにも読めます。"
            f"ここでは、お知らせいただいた{_STAGE_WORDS[told]}としてお答えしています。"
        ]
    return told, []


def _answers(rows: Sequence[Advised], facts: Facts) -> list[Advised]:
    signals = {signal.kind for signal in facts.signals}
    return [row for row in rows if row.signal in signals]


def _list_steps(deeds: Sequence[Advised], questions: Sequence[Advised], judgement: Judgement) -> tuple[str, ...]:
    steps = [step for deed in deeds for step in deed.steps]
    steps += [question.text for question in questions]
    steps += [step for finding in judgement.findings for step in finding.next_steps]
    if not steps:
        steps = ["このまま、サイトのメッセージで進めて大丈夫です。", "契約と仮払いの表示は、ご自分の画面で確かめてください。"]
    return tuple(dict.fromkeys(steps))[:_MOST_STEPS]


def _choose_drafts(judgement: Judgement, facts: Facts) -> tuple[DraftKind, ...]:
    """The gravest finding's drafts come first; agreeing is never offered beside a danger."""
    kinds = list(dict.fromkeys(kind for finding in judgement.findings for kind in finding.drafts))
    if judgement.verdict in ("danger", "against_rules"):
        kinds = [kind for kind in kinds if kind != "accept"]
    if judgement.verdict == "danger":
        kinds = [kind for kind in kinds if kind not in ("approval_request", "approval_check")]
    return tuple(kinds)


def _list_help(book: RuleBook, deeds: Sequence[Advised], judgement: Judgement) -> tuple[HelpContact, ...]:
    names: Iterable[str] = dict.fromkeys(
        [name for deed in deeds for name in deed.help] + [name for found in judgement.findings for name in found.help]
    )
    return tuple(
        HelpContact(desk.id, desk.name, desk.phone, desk.url, desk.text)
        for desk in (book.desks[name] for name in names)
    )


def _identify(message: Message, edition: str, platform: Platform, stage: Stage) -> str:
    parts = "\x1f".join((edition, message.as_of.isoformat(), platform, stage, message.text))
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16]
