"""Days: today in Japan, and a day written as YYYY-MM-DD."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

from service.errors import UnknownOption

_JAPAN = timezone(timedelta(hours=9), "JST")  # the sites' rules change on Japan's calendar; no zone files needed


def today() -> date:
    """Return today's date in Japan, wherever the program runs."""
    return datetime.now(_JAPAN).date()


def now() -> float:
    """Return the time in Unix seconds."""
    return time.time()


def day_of(at: float) -> date:
    """Return the day in Japan of a time in Unix seconds."""
    return datetime.fromtimestamp(at, _JAPAN).date()


def read_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD; raise UnknownOption for anything else."""
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # 2026-02-30: the shape is right, the day does not exist
    raise UnknownOption(f"日付「{text[:40]}」は読み取れません。2026-11-23 のように書いてください。")
