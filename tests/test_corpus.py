"""The measure: labelled messages, with floors that a rule change may raise but not lower."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.consultation import Book, consult
from service.intake.message import make_message
from tests.measure import AS_OF, measure

CORPUS = Path(__file__).parent / "corpus"
LOCKED = "8fb5b15e0f63c9a085078e3f52f639fb46feff007260b2c474f0f4d52d408a61"
CATALOGUE: list[dict[str, Any]] = yaml.safe_load((CORPUS / "catalogue.yaml").read_text(encoding="utf-8"))


def read_cases(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


def test_tuned_messages_are_read_as_labelled(book: Book) -> None:
    """A third of the messages are harmless or nearly so; the floors are what was measured, rounded down."""
    result = measure(read_cases(CORPUS / "tune.yaml"), book)
    assert result.messages >= 1500
    assert result.accuracy >= 0.97
    assert result.f1 >= 0.95
    assert result.danger_recall >= 0.985
    assert result.false_alarm_rate <= 0.03


def test_locked_messages_are_read_as_when_they_were_first_seen(book: Book) -> None:
    """Messages no rule was written with. Measured: verdicts 97 %, F1 0.905, dangers 36 of 37, no alarm on 26."""
    path = CORPUS / "locked.yaml"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == LOCKED
    result = measure(read_cases(path), book)
    assert result.accuracy >= 0.95
    assert result.f1 >= 0.89
    assert result.danger_recall >= 0.97
    assert result.false_alarm_rate <= 0.04


def test_development_cases_of_the_shared_set(book: Book, shared: Path) -> None:
    """The labelled set that other parts of the project are measured with."""
    result = measure(read_cases(shared / "cases" / "dev.yaml"), book)
    assert result.accuracy >= 0.95
    assert result.f1 >= 0.93


def test_the_catalogue_is_whole() -> None:
    """Every request type has its messages."""
    assert [entry["id"] for entry in CATALOGUE] == [f"R{number:02}" for number in range(1, 37)]
    assert all(entry["hit"] and entry["miss"] for entry in CATALOGUE)


@pytest.mark.parametrize(
    "case", [pytest.param(hit, id=f"{entry['id']}-{n}") for entry in CATALOGUE for n, hit in enumerate(entry["hit"])]
)
def test_a_request_type_is_judged(case: dict[str, Any], book: Book) -> None:
    """R01-R36: the verdict and the asks are the labelled ones, and a source is named."""
    message = make_message(case["text"], as_of=AS_OF, platform=case["platform"], stage=case["stage"])
    advice = consult(message, book).advice
    assert (advice.verdict, set(advice.asks)) == (case["verdict"], set(case["asks"]))
    assert all(finding.sources for finding in advice.findings)


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["id"]) for entry in CATALOGUE])
def test_a_harmless_neighbour_stays_silent(entry: dict[str, Any], book: Book) -> None:
    """R01-R36: a message with the same words and no request is let through."""
    message = make_message(entry["miss"], as_of=AS_OF, platform="crowdworks", stage="before_contract")
    assert consult(message, book).advice.verdict == "ok"
