"""Contact details written out in a text."""

from __future__ import annotations

import pytest

from service.facts.contacts import find_contacts
from service.intake.view import read_text

UNLIKELY = "01-2345-678901"  # no number of Japan


def quote(text: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each contact detail."""
    return [(contact.kind, contact.quote) for contact in find_contacts(read_text(text), text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("電話は03-1234-5678です", "phone", "03-1234-5678"),
        ("(090) 1234 5678まで", "phone", "090) 1234 5678"),
        ("〇九〇一二三四五六七八まで", "phone", "〇九〇一二三四五六七八"),
        ("ゼロキューゼロイチニーサンヨンゴーロクナナハチ", "phone", "ゼロキューゼロイチニーサンヨンゴーロクナナハチ"),
        ("+81 90-1234-5678へ", "phone", "+81 90-1234-5678"),
        ("taro.yamada@example.comへ", "email", "taro.yamada@example.com"),
        ("https://example.com/a から", "url", "https://example.com/a"),
        ("LINEのIDはabc_123です", "line_id", "abc_123"),
        ("インスタは @abc_123 です", "handle", "@abc_123"),
    ],
)
def test_what_is_a_contact_detail(text: str, kind: str, words: str) -> None:
    assert quote(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text", [UNLIKELY, "2026-11-27 10:00", "2026年11月27日 1999.12.31 23", "123456789012345", "IDは不要です", ""]
)
def test_what_is_none(text: str) -> None:
    assert quote(text) == []


def test_of_many_numbers_none_is_missed() -> None:
    """What is not found would not be masked either."""
    numbers = [f"03-1234-{number:04}" for number in range(700)]
    assert [words for _, words in quote("。".join(numbers))] == numbers


def test_of_very_many_numbers_the_unlikely_ones_are_taken_for_real() -> None:
    numbers = [f"01-2345-67{number:04}" for number in range(100)]
    assert quote("。".join(numbers[:20])) == []
    assert [words for _, words in quote("。".join(numbers))] == numbers[20:]
