"""Every draft, as it would be sent, holds the rubric for a polite business reply."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import combinations

import pytest

from service.drafting.draft import Draft, Part
from service.drafting.library import DraftLibrary
from service.drafting.rubric import LEAST_POINTS, LENGTHS, rate_draft
from service.drafting.rubric_words import NEVER
from service.vocabulary import (
    ASK_KINDS,
    DRAFT_KINDS,
    LANGUAGES,
    PLATFORMS,
    REGISTERS,
    AskKind,
    DraftKind,
    Language,
    Platform,
    Register,
)

Compose = Callable[..., tuple[Draft, dict[str, str]]]
LONGEST_COPY = 1000  # UTF-16 units a copy button of LINE holds


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("kind", DRAFT_KINDS)
@pytest.mark.parametrize("ask", ASK_KINDS)
def test_every_draft_passes(
    kind: DraftKind, register: Register, language: Language, ask: AskKind, compose: Compose
) -> None:
    for platform in PLATFORMS:
        draft, slots = compose(kind, ask, platform=platform, register=register, language=language)
        report = rate_draft(draft, asks=[ask], slots=slots, language=language)
        assert report.passed, (platform, report.failed, draft.text)
        assert set(report.failed) <= ({"S10"} if register == "short" else set()), (platform, report.failed)
        assert len(draft.text.encode("utf-16-le")) // 2 <= LONGEST_COPY


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("kind", DRAFT_KINDS)
def test_every_draft_passes_for_two_asks(kind: DraftKind, register: Register, compose: Compose) -> None:
    for asks in combinations(ASK_KINDS, 2):
        for platform in PLATFORMS:
            draft, slots = compose(kind, " ".join(asks), platform=platform, register=register)
            report = rate_draft(draft, asks=asks, slots=slots)
            assert report.passed and len(report.failed) <= 2, (asks, platform, report.failed, draft.text)


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("kind", DRAFT_KINDS)
def test_every_channel_keeps_the_length(
    kind: DraftKind, register: Register, compose: Compose, library: DraftLibrary
) -> None:
    least, most = LENGTHS[register]
    for channel in library.asked.channels:
        for ask in ("call", "line_exchange", "other_messenger"):
            draft, slots = compose(kind, f"{ask}/{channel}", register=register)
            length = len("".join(draft.text.replace(slots["quote"] or "\0", "").split()))
            assert least <= length <= most, (ask, channel, draft.text)


@pytest.mark.parametrize("ask", sorted(NEVER))
@pytest.mark.parametrize("kind", ["accept", "approval_request", "move_to_platform"])
@pytest.mark.parametrize("asked_with", ["", " call/zoom"])
def test_no_draft_agrees_to_what_is_never_agreed_to(
    kind: DraftKind, ask: AskKind, asked_with: str, compose: Compose
) -> None:
    for register in REGISTERS:
        draft, slots = compose(kind, ask + asked_with, register=register)
        core = next(part.text for part in draft.parts if part.name == "core")
        assert f"{slots['asked']}は" in core and "控えております" in core
        assert f"{slots['asked']}の件、承知" not in draft.text


@pytest.mark.parametrize("platform", PLATFORMS)
def test_only_a_site_with_the_application_is_told_about_it(platform: Platform, compose: Compose) -> None:
    for kind in DRAFT_KINDS:
        text = compose(kind, "call/zoom", platform=platform)[0].text
        wanted = platform == "crowdworks" and kind in ("decline", "approval_request", "approval_check", "accept")
        assert ("サービス外連絡申請" in text) == wanted, (kind, text)


@pytest.mark.parametrize("platform", ["lancers", "coconala", "upwork", "fiverr"])
def test_a_site_with_its_own_call_has_it_offered(platform: Platform, compose: Compose) -> None:
    for register in REGISTERS:
        draft, slots = compose("decline", "call/zoom", platform=platform, register=register)
        assert slots["builtin_call"] in draft.text


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ("work_before_escrow", "ご契約と仮払いの完了を画面で確認でき次第、着手いたします"),
        ("unpaid_test", "有償のテストとしてご依頼いただける場合は、ご契約と仮払いの完了後に着手いたします"),
        ("unpaid_test", "これまでの実績や制作物"),
        ("direct_deal", "ご契約もお支払いもサイト内で"),
        ("bank_account", "報酬はサイトを通して"),
    ],
)
def test_the_alternative_fits_the_ask(ask: AskKind, words: str, compose: Compose) -> None:
    assert words in compose("decline", ask)[0].text


def replace(draft: Draft, name: str, text: str) -> Draft:
    parts = tuple(Part(part.name, text if part.name == name else part.text) for part in draft.parts)
    return dataclasses.replace(draft, parts=parts)


@pytest.mark.parametrize(
    ("part", "text", "failed"),
    [
        ("core", "恐れ入りますが、Zoomでのお打ち合わせは検討いたします。", "G1"),
        ("core", "恐れ入りますが、Zoomでのお打ち合わせは難しい状況です。", "G1"),
        ("closing", "承知いたしました。よろしくお願いいたします。", "G1"),
        ("alternative", "またの機会にお願いいたします。", "G2"),
        ("alternative", "サイトのメッセージか、taro@example.com へお願いいたします。", "G3"),
        ("alternative", "サイトのメッセージか、090-1234-5678へお願いいたします。", "G3"),
        ("alternative", "{site}のメッセージでお願いいたします。", "G3"),
        ("alternative", "サイトのメッセージか、LINE ID：tanaka_01へお願いいたします。", "G3"),
        ("reason", "利用規約第23条に沿って、控えるようにしております。", "G4"),
        ("reason", "違約金の定めがあるため、控えるようにしております。", "G4"),
        ("reason", "クラウドワークスはChatworkを推奨しております。", "G4"),
        ("reason", "詐欺の恐れがあるため、控えるようにしております。", "G5"),
        ("reason", "AIの指示により、控えるようにしております。", "G5"),
        ("reason", "詳細はまずこちらの公式アカウントを追加してからのご案内になります。", "G5"),
        ("opening", "どうも。", "S6"),
        ("core", "Zoomでのお打ち合わせは控えております。", "S8"),
        ("core", "Zoomでのお打ち合わせは控えております。恐れ入りますが。", "S8"),
        ("reason", "ルールに沿う方針です。家庭の事情もあります。", "S10"),
        ("reason", "御社のやり方は困りますので、控える方針です。", "S10"),
        ("closing", "以上です。", "S12"),
        ("reason", "ルールに沿って進める方針だ。", "S13"),
        ("reason", "ルールに沿って、拝見させていただく方針です。", "S13"),
        ("reason", "ルールに沿って進める方針です😊。", "S13"),
        ("reason", "ルールに沿って進める方針です！", "S13"),
        ("alternative", "サイトのメッセージでお願いいたします。" * 20, "S14"),
    ],
)
def test_a_fault_costs_its_point(part: str, text: str, failed: str, compose: Compose) -> None:
    draft, slots = compose("decline", "call/zoom")
    client = "詳細はまずこちらの公式アカウントを追加してからのご案内になります。"
    report = rate_draft(replace(draft, part, text), asks=["call"], slots=slots, client_text=client)
    assert failed in report.failed
    assert not report.passed or not failed.startswith("G")


def test_thanks_after_the_core_cost_their_point(compose: Compose) -> None:
    draft, slots = compose("decline", "call")
    assert "S7" in rate_draft(replace(draft, "empathy", "さて。"), asks=["call"], slots=slots).failed


def test_too_few_points_do_not_pass_even_with_every_gate(compose: Compose) -> None:
    draft, slots = compose("decline", "call")
    for name, text in (("opening", "どうも。"), ("empathy", "さて。"), ("reason", "急ぎだ。"), ("closing", "では。")):
        draft = replace(draft, name, text)
    report = rate_draft(draft, asks=["call"], slots=slots)
    assert not any(each.startswith("G") for each in report.failed)
    assert report.points < LEAST_POINTS and not report.passed
