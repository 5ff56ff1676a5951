"""Whole answers before the guard, each in the case it was written for: attacks, and good writing."""

from __future__ import annotations

from typing import Any

import pytest

from service.consultation import Book
from service.wording.shell import PLACES
from tests.phrases import Trial, make_trial, read_phrases

ASKED = {
    "danger": "初期費用として5,000円を先にお振り込みください。",
    "ok": "記事の納期は12月10日、1本3,000円でお願いいたします。",
}
CALL = "はじめまして。契約前に、一度Zoomで15分ほどお話しできますでしょうか。"
STAGES = ("before_contract", "after_contract")
LEAST = 0.86  # of good whole answers; a single sentence that is not known refuses the whole


def is_admitted(entry: dict[str, Any], trials: dict[str, list[Trial]], book: Book) -> bool:
    """Say whether an answer passes in the case it was written for, at either stage."""
    message = ASKED.get(entry["verdict"], CALL) + (f"{entry['topic']}の件です。" if "topic" in entry else "")
    if message not in trials:
        trials[message] = [make_trial(book, message, stage=stage) for stage in STAGES]
    words = {place: entry[place] for place in PLACES if place in entry}
    return any(not trial.examine(**words) for trial in trials[message])


@pytest.fixture(scope="module")
def trials() -> dict[str, list[Trial]]:
    """Return the cases made so far, by message."""
    return {}


def test_no_whole_attack_passes(trials: dict[str, list[Trial]], book: Book) -> None:
    attacks = read_phrases("attacks_shells")
    assert len(attacks) > 500
    assert [attack for attack in attacks if is_admitted(attack, trials, book)] == []


def test_good_whole_answers_pass(trials: dict[str, list[Trial]], book: Book) -> None:
    answers = read_phrases("good_shells")
    passed = [answer for answer in answers if is_admitted(answer, trials, book)]
    assert len(passed) / len(answers) >= LEAST
