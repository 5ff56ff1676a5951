"""The terminal's answer: verdict in words, quotes in place, drafts that copy clean, nothing that steers the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from service.consultation import Answer
from service.facts.fact import Facts
from service.guard.reply import admit_template
from service.rendering.terminal import show_answer, show_draft
from service.vocabulary import BADGES, VERDICTS, Verdict


def shown_of(answer: Answer, text: str, **how: Any) -> str:
    """Return what the terminal shows of an answer."""
    return show_answer(admit_template(answer), text, **how)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_verdict_is_a_sign_and_a_word(answer: Answer, text: str, verdict: Verdict) -> None:
    shown = shown_of(replace(answer, advice=replace(answer.advice, verdict=verdict)), text)
    assert " ".join(BADGES[verdict]) in shown.splitlines()[1]


def test_without_colour_there_is_no_escape_and_the_words_are_marked_beneath(answer: Answer, text: str) -> None:
    shown = shown_of(answer, text)
    quoted = next(line for line in shown.splitlines() if "Zoomで15分ほどお話し" in line)
    marks = shown.splitlines()[shown.splitlines().index(quoted) + 1]
    assert "\x1b" not in shown
    assert cell_len(quoted[: quoted.index("Zoom")]) == marks.index("^")
    assert marks.count("^") == cell_len("Zoomで15分ほどお話し")


def test_with_colour_the_words_are_underlined_in_place(answer: Answer, text: str) -> None:
    assert "一度\x1b[1;4mZoomで15分ほどお話し\x1b[0mできれば" in shown_of(answer, text, colour=True)


def test_a_finding_says_what_why_what_to_do_and_where_it_stands(answer: Answer, text: str) -> None:
    shown = shown_of(answer, text)
    for said in ("何が  ", "なぜ  ", "どうする  ", "https://blog.crowdworks.jp/?cat=7", "（2026-11-23 確認）"):
        assert said in shown
    assert "（2026-11-23 時点・原文は未確認）" in shown


def test_every_branch_is_shown_with_depends(open_answer: Answer, text: str) -> None:
    shown = shown_of(open_answer, text)
    assert "契約前なら  ⛔ 規約違反" in shown and "契約後なら  ⚠️ 要確認" in shown


def test_the_recommended_draft_stands_whole_and_unbroken(answer: Answer, text: str) -> None:
    shown = shown_of(answer, text, width=40)
    assert f"\n{answer.drafts[0].text}\n" in shown
    assert "ほかの文面: 2 承認を見せてもらう" in shown and answer.drafts[1].text not in shown


def test_all_drafts_are_shown_when_asked_for(answer: Answer, text: str) -> None:
    shown = shown_of(answer, text, all_drafts=True)
    assert all(draft.text in shown for draft in answer.drafts) and "ほかの文面" not in shown


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_lines_fit_the_screen(answer: Answer, text: str, width: int) -> None:
    """All but what must stay whole to be used: an address, and a draft that is copied."""
    shown = shown_of(replace(answer, drafts=()), text, width=width).splitlines()
    lines = [line for line in shown if not line.strip().startswith("https://")]
    assert max(map(cell_len, lines)) <= max(40, min(width, 88))


def test_a_source_is_written_out_once(answer: Answer, text: str) -> None:
    twice = replace(answer.advice, findings=answer.advice.findings * 2)
    shown = shown_of(replace(answer, advice=twice), text)
    assert shown.count("https://blog.crowdworks.jp/") == 1 and "出典      上と同じ" in shown


def test_what_would_steer_the_terminal_is_shown_as_a_dot(answer: Answer, text: str) -> None:
    hostile = text.replace("はじめまして", "\x1b]0;x\x07まして\u202e")
    shown = shown_of(answer, hostile)
    assert "\x1b" not in shown and "\u202e" not in shown and "·]0;x·まして·" in shown


def test_a_long_message_shows_its_marked_lines_and_what_stands_around(answer: Answer, text: str) -> None:
    moved = [replace(ask, start=ask.start + 500, end=ask.end + 500) for ask in answer.advice.facts.asks]
    advice = replace(answer.advice, facts=replace(answer.advice.facts, asks=tuple(moved), claims=()))
    shown = shown_of(replace(answer, advice=advice), "長い前置き。\n" * 71 + "あと。" + text)
    assert "行略）" in shown and "長い前置き。" in shown


def test_nothing_found_means_no_empty_headings(answer: Answer) -> None:
    quiet = replace(answer.advice, verdict="ok", facts=Facts("chat"), role="chat", findings=(), next_steps=(), help=())
    shown = shown_of(replace(answer, advice=quiet, drafts=()), "こんにちは")
    assert "■" not in shown and "クラウドワークス" not in shown.splitlines()[1]


def test_one_draft_can_be_shown_alone(answer: Answer) -> None:
    assert show_draft(answer.drafts[1], width=60).splitlines()[0].startswith("╭─ 返信: 承認を見せてもらう ─")
