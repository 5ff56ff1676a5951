"""The silent corpus: thousands of harmless lines at which nothing may be raised."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from service.consultation import Book, consult
from service.intake.message import make_message
from tests.measure import AS_OF
from tests.tools.write_silent import CORPUS, FRAMES, SILENT, write_lines

EXCEPTIONS = CORPUS / "silent_exceptions.yaml"


@pytest.fixture(scope="module")
def lines() -> dict[str, tuple[str, ...]]:
    """Every line with the frames it was made from."""
    return write_lines(yaml.safe_load(FRAMES.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def exceptions() -> list[dict[str, Any]]:
    """The frames that may raise an alarm, each with its reason."""
    return yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8")) or []


def raises_alarm(line: str, book: Book) -> bool:
    """Whether a line is read as anything but harmless."""
    advice = consult(make_message(line, as_of=AS_OF), book).advice
    return advice.verdict != "ok" or bool(advice.asks)


def test_the_file_is_what_the_frames_make(lines: dict[str, tuple[str, ...]]) -> None:
    """`uv run python -m tests.tools.write_silent` writes it."""
    assert SILENT.read_text(encoding="utf-8").splitlines() == list(lines)
    assert len(lines) >= 3_000


def test_harmless_lines_stay_silent(
    lines: dict[str, tuple[str, ...]], exceptions: list[dict[str, Any]], book: Book
) -> None:
    accepted = {each.get("frame") or each["line"] for each in exceptions}
    judged = [line for line, frames in lines.items() if accepted.isdisjoint((line, *frames))]
    alarms = [line for line in judged if raises_alarm(line, book)]
    assert alarms == []


def test_every_exception_has_its_reason_and_its_frame(
    lines: dict[str, tuple[str, ...]], exceptions: list[dict[str, Any]]
) -> None:
    known = {frame for frames in lines.values() for frame in frames} | set(lines)
    named = [each.get("frame") or each["line"] for each in exceptions if each["reason"]]
    assert len(named) == len(exceptions)
    assert [name for name in named if name not in known] == []
