"""`kotowari chat`: it remembers the site and the stage, and understands plain words."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest

from service.__main__ import main
from service.cli.conversation import Conversation
from service.cli.screen import Screen
from service.consultation import Book
from service.dialogue.words import Command, understand

ASK = "契約のことは置いておいて、Chatworkでやり取りしましょう。IDを教えてください。"


@pytest.fixture
def talk(book: Book) -> Conversation:
    """A conversation about CrowdWorks as it stands on a fixed day."""
    return Conversation(book, as_of=date(2026, 11, 23), screen=Screen())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("契約前です", [("stage", "before_contract")]),
        ("まだ契約していません。", [("stage", "before_contract")]),
        ("契約後です！", [("stage", "after_contract")]),
        ("ココナラです", [("platform", "coconala")]),
        ("ココナラの、契約後です。", [("platform", "coconala"), ("stage", "after_contract")]),
        ("CrowdWorks", [("platform", "crowdworks")]),
        ("もっとやわらかく", [("register", "soft")]),
        ("短くしてください", [("register", "short")]),
        ("丁寧にお願いします", [("register", "polite")]),
        ("2", [("draft", "2")]),
        ("ほかの文面を見せて", [("draft", "all")]),
        ("ヘルプ", [("help", "")]),
        ("？", []),
        ("?", [("help", "")]),
        ("終了", [("quit", "")]),
        ("履歴を削除してください", [("forget", "")]),
        ("もう送ってしまいました。", [("done", "")]),
        ("/platform lancers", [("platform", "lancers")]),
        ("/stage after", [("stage", "after_contract")]),
        ("/stage きのう", [("stage", "きのう")]),
        ("/quit", [("quit", "")]),
        ("/なに", [("help", "")]),
        ("LINEを教えてください", []),
        ("契約前に面談をお願いします", []),
        ("お願いします", []),
    ],
)
def test_words_for_the_chat_are_told_from_messages(said: str, meant: list[tuple[str, str]]) -> None:
    assert understand(said) == tuple(Command(*each) for each in meant)  # type: ignore[arg-type]


def test_an_answer_that_turns_on_the_stage_asks_back_and_then_settles(talk: Conversation) -> None:
    assert "契約前です」か「契約後です" in talk.hear(ASK)
    assert "⛔ 規約違反" in talk.hear("契約前です")
    assert "⚠️ 要確認   クラウドワークス · 契約後" in talk.hear("契約後です")


def test_site_and_stage_hold_for_the_next_message(talk: Conversation) -> None:
    talk.hear("ココナラの契約前です")
    assert "ココナラ · 契約前" in talk.hear(ASK)


def test_another_tone_shows_the_draft_alone(talk: Conversation) -> None:
    polite = talk.hear(ASK)
    shorter = talk.hear("もっと短く")
    assert "わかったこと" not in shorter and "おすすめの返信" in shorter and len(shorter) < len(polite)


def test_a_number_shows_that_draft(talk: Conversation) -> None:
    talk.hear(ASK)
    assert talk.hear("2").startswith("╭─ 返信: ") and "ありません" in talk.hear("99")


def test_an_unknown_site_is_answered_with_the_known_ones(talk: Conversation) -> None:
    assert "crowdworks · lancers" in talk.hear("/platform mixi")


def test_what_cannot_be_read_ends_nothing(talk: Conversation) -> None:
    assert "長すぎます" in talk.hear("あ" * 20_000) and not talk.over


def test_a_reset_forgets_site_stage_and_message(talk: Conversation) -> None:
    talk.hear("ココナラの契約前です")
    talk.hear("リセット")
    assert "クラウドワークス · 契約の段階は不明" in talk.hear(ASK)


@pytest.mark.parametrize("end", ["終了\n", "", "/quit\n"])
def test_a_pasted_message_ends_with_an_empty_line(
    end: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"はじめまして。\nZoomで面談をお願いします。\n\n契約前です\n{end}"))
    assert main(["chat"]) == 0
    shown = capsys.readouterr().out
    assert "│ はじめまして。" in shown and "⛔ 規約違反" in shown
