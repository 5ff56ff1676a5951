"""Answers built by hand, so that the screen can be read without any rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.advice.advice import Advice, HelpContact
from service.consultation import Answer
from service.drafting.draft import Draft, Part
from service.facts.fact import Ask, Claim, Facts
from service.rulebook.finding import Finding, Source

TEXT = (
    "はじめまして、株式会社サンプルの田中です。このたびはご応募いただきまして、誠にありがとうございます。\n\n"
    "契約の前に、一度Zoomで15分ほどお話しできればと思います。クラウドワークス事務局へは通話許可を申請中です。\n"
    "あわせて連絡用のLINEのIDもお知らせください。"
)


def _span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _ask(kind: str, words: str, channel: str | None = None) -> Ask:
    return Ask(kind, words, *_span(words), channel=channel)  # type: ignore[arg-type]


@pytest.fixture
def text() -> str:
    """The message that the answer is about."""
    return TEXT


@pytest.fixture
def answer() -> Answer:
    """A full answer: two asks, a claim, a finding, steps, a desk and two drafts."""
    source = Source("サービス外連絡の申請について", "https://blog.crowdworks.jp/?cat=7", date(2026, 11, 23))
    unread = Source("メッセージのガイドライン", "https://crowdworks.jp/pages/guidelines", date(2026, 11, 23), False)
    finding = Finding(
        rule="crowdworks/contact-needs-approval",
        verdict="against_rules",
        asks=("call", "line_exchange"),
        what="サービス外連絡申請の承認がないまま、通話とLINEの交換を求めています。",
        why="クラウドワークスでは、契約の前でも後でも、連絡先の交換や通話には申請と承認が必要です。承認がないうちは応じられません。",
        do="まだ応じないでください。必要な用件なら、メッセージ画面から申請し、承認の表示を確かめてからにします。",
        sources=(source, unread),
        drafts=("decline", "approval_check"),
    )
    claim = Claim("approval_pending", "通話許可を申請中です", *_span("通話許可を申請中です"))
    facts = Facts(
        role="client_message",
        asks=(_ask("call", "Zoomで15分ほどお話し", "zoom"), _ask("line_exchange", "LINEのIDもお知らせください")),
        claims=(claim,),
    )
    advice = Advice(
        id="a1b2c3",
        edition="2026.11.1",
        as_of=date(2026, 11, 23),
        platform="crowdworks",
        platform_name="クラウドワークス",
        stage="before_contract",
        role="client_message",
        verdict="against_rules",
        summary="承認が出るまでは、通話もLINEの交換もできません。サイトのメッセージで話を続けましょう。",
        facts=facts,
        asks=("call", "line_exchange"),
        findings=(finding,),
        next_steps=("LINEのIDはまだ送らないでください。", "申請の状況を、ご自分の画面で確かめてください。"),
        draft_kinds=("decline", "approval_check"),
        notes=("「申請中」は、まだ許可ではありません。",),
        help=(HelpContact("188", "消費者ホットライン", "188", "https://www.caa.go.jp/", "近くの窓口につながります。"),),
    )
    return Answer(advice, (_draft("decline", "丁寧にお断りする"), _draft("approval_check", "承認を見せてもらう")))


def _draft(kind: str, label: str) -> Draft:
    parts = (
        Part("opening", "お世話になっております。"),
        Part("core", f"恐れ入りますが、{label}文面です。\nサイトのメッセージでお聞かせください。"),
        Part("closing", "よろしくお願いいたします。"),
    )
    return Draft(kind, label, "polite", parts)  # type: ignore[arg-type]


@pytest.fixture
def open_answer(answer: Answer) -> Answer:
    """An answer that turns on the stage."""
    branches = (("before_contract", "against_rules"), ("after_contract", "caution"))
    advice = replace(answer.advice, verdict="depends", stage="unknown", branches=branches)  # type: ignore[arg-type]
    return replace(answer, advice=advice)
