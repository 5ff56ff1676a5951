"""The message: what is taken in, and what is refused with a sentence fit to be shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from service.errors import EmptyText, InputError, TextTooLong, UnknownOption, UnreadableText
from service.intake.message import FIRST_DAY, LONGEST_TEXT, make_message

TODAY = date(2026, 11, 23)


def test_a_message_keeps_the_text_as_it_was_given() -> None:
    text = " \u3000ＬＩＮＥで\r\n連絡ください "
    assert make_message(text, as_of=TODAY).text == text


def test_what_the_worker_did_not_say_stays_open() -> None:
    message = make_message("通話できますか", as_of=TODAY)
    assert (message.platform, message.stage, message.register) == (None, None, "polite")


@pytest.mark.parametrize("text", ["", " ", "\n\t\r", "\u3000\u3000", "\ufeff", "\u200b"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyText):
        make_message(text, as_of=TODAY)


def test_the_longest_text_is_taken_and_one_more_character_is_not() -> None:
    assert make_message("あ" * LONGEST_TEXT, as_of=TODAY)
    with pytest.raises(TextTooLong, match="10,001文字"):
        make_message("あ" * (LONGEST_TEXT + 1), as_of=TODAY)


@pytest.mark.parametrize("text", ["LINE\x00", "\ud800", "通話\udfff"])
def test_broken_characters_are_refused(text: str) -> None:
    with pytest.raises(UnreadableText):
        make_message(text, as_of=TODAY)


@pytest.mark.parametrize(
    ("option", "value"), [("platform", "Crowd Works"), ("stage", "later"), ("register", "rude"), ("platform", "")]
)
def test_an_unknown_option_is_named_with_the_ones_that_exist(option: str, value: str) -> None:
    options = {"platform": None, "stage": None, "register": "polite"} | {option: value}
    with pytest.raises(UnknownOption, match="使える値") as caught:
        make_message("通話できますか", as_of=TODAY, **options)  # type: ignore[arg-type]
    assert isinstance(caught.value, InputError)
    assert caught.value.told


def test_a_day_before_there_were_rules_is_refused() -> None:
    assert make_message("通話できますか", as_of=FIRST_DAY)
    with pytest.raises(UnknownOption, match="2012-03-21"):
        make_message("通話できますか", as_of=FIRST_DAY - timedelta(days=1))
