"""The measure: labelled messages, with floors that a rule change may raise but not lower."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.consultation import Book, consult
from service.evaluation.floors import find_breaches, parse_floor
from service.intake.message import make_message
from tests.measure import AS_OF, load_cases, measure

CORPUS = Path(__file__).parent / "corpus"
FLOORS: dict[str, dict[str, Any]] = yaml.safe_load((CORPUS / "floors.yaml").read_text(encoding="utf-8"))
CATALOGUE: list[dict[str, Any]] = yaml.safe_load((CORPUS / "catalogue.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_labelled_messages_are_read_no_worse_than_before(name: str, book: Book) -> None:
    """Dangers found, false alarms, verdicts and asks: none may fall below its floor."""
    floors = [parse_floor(text) for text in FLOORS[name]["floors"]]
    assert find_breaches(measure(CORPUS / name, book), floors) == []


@pytest.mark.parametrize("name", [name for name in FLOORS if "sha256" in FLOORS[name]])
def test_a_locked_file_is_the_one_that_was_measured(name: str) -> None:
    assert hashlib.sha256((CORPUS / name).read_bytes()).hexdigest() == FLOORS[name]["sha256"]


def test_both_halves_are_held() -> None:
    """600 messages and more, 250 of them harmless; a part nobody wrote rules with."""
    cases = [case for name in FLOORS for case in load_cases(CORPUS / name)]
    assert len(cases) >= 600
    assert sum(case.verdict == "ok" for case in cases) >= 250
    assert any("sha256" in entry for entry in FLOORS.values())


def test_development_cases_of_the_shared_set(book: Book, shared: Path) -> None:
    """The labelled set that other parts of the project are measured with."""
    report = measure(shared / "cases" / "dev.yaml", book)
    assert find_breaches(report, [parse_floor("verdict=0.95"), parse_floor("asks_f1=0.93")]) == []


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
