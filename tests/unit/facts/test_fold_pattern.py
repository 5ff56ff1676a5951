"""Rules are folded as texts are: what an author writes is what is found."""

from __future__ import annotations

import pytest
import re2

from service.facts.fold_pattern import fold_pattern, fold_word
from service.intake.view import fold_text


@pytest.mark.parametrize(
    ("pattern", "folded"),
    [
        ("会いたい〜", "会いたい~"),
        ("[（(]必須[）)]", "[\\((]必須[\\))]"),
        ("（必須）?", "\\(必須\\)?"),
        ("[①-⑨]番", "[1-9]番"),
        ("ですが…", "ですが\\.\\.\\."),
        ("✉\ufe0f?を", "✉を"),
        ("(?:電話|通話)[^。]{0,3}", "(?:電話|通話)[^。]{0,3}"),
    ],
)
def test_signs_of_a_pattern_are_folded_and_stand_for_themselves(pattern: str, folded: str) -> None:
    assert fold_pattern(pattern) == folded


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("お話〜ください", "お話～ください"),
        ("【必須】（[^）]{1,9}）", "【必須】（お名前）"),
        ("報酬…円", "報酬…円"),
        ("＊必須", "*必須"),
    ],
)
def test_a_folded_pattern_is_found_in_a_folded_text(pattern: str, text: str) -> None:
    assert re2.search(fold_pattern(pattern), fold_text(text).text)


def test_words_are_folded() -> None:
    assert fold_word("ＬＩＮＥ～①") == "LINE~1"
