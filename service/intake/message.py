"""Message: what was asked, in which words, about which site and stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from service.errors import EmptyText, TextTooLong, UnknownOption, UnreadableText
from service.vocabulary import PLATFORMS, REGISTERS, STAGES, Platform, Register, Stage, is_site_name

LONGEST_TEXT = 10_000  # characters; longer pastes are refused, never cut
FIRST_DAY = date(2012, 3, 21)  # CrowdWorks opened: before it there is no rule to stand on


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be judged, with what the worker said about it.

    `platform` and `stage` are None where the worker said nothing.
    `as_of` is the day whose rules apply; the core never reads a clock.
    """

    text: str
    as_of: date
    platform: Platform | None = None
    stage: Stage | None = None
    register: Register = "polite"


def make_message(
    text: str,
    *,
    as_of: date,
    platform: str | None = None,
    stage: str | None = None,
    register: str = "polite",
) -> Message:
    """Check outside input and build a Message.

    Raises EmptyText, TextTooLong, UnreadableText or UnknownOption, each fit to be shown.
    """
    _check_text(text)
    if platform is not None and not is_site_name(platform):  # whether the rules know it, the rule book tells
        raise UnknownOption(f"サイト「{platform[:40]}」は登録されていません。使える値: {' · '.join(PLATFORMS)}")
    if stage is not None and stage not in STAGES:
        raise UnknownOption(f"段階「{stage[:40]}」は使えません。使える値: {' · '.join(STAGES)}")
    if register not in REGISTERS:
        raise UnknownOption(f"文体「{register[:40]}」は使えません。使える値: {' · '.join(REGISTERS)}")
    if as_of < FIRST_DAY:
        raise UnknownOption(f"日付 {as_of.isoformat()} は古すぎます。{FIRST_DAY.isoformat()} 以降を指定してください。")
    return Message(text, as_of, cast("Platform | None", platform), stage, register)


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(
            f"文章が長すぎます（{len(text):,}文字）。{LONGEST_TEXT:,}文字までに分けて、もう一度お試しください。"
        )
    if not text.strip(" \t\r\n\u3000\u200b\ufeff"):
        raise EmptyText
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise UnreadableText
