"""A case as a line for a rule file: the right file, the right promise, and every character as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.consultation import Book
from service.observation import Case
from service.rendering.operator.snippet import Snippet, list_choices, make_snippet, suggest
from service.rendering.quoted_yaml import quote_yaml

CASE = Case(
    id="a", day="2026-11-25", channel="web", platform="crowdworks", stage="before_contract", role="client_message",
    verdict="ok", unclear="nothing_found", text="テレグで話しましょう。", asks=(), rules=(),
)  # fmt: skip
ZOOM = replace(
    CASE, text="契約前ですが、Zoomでお話しできますか。", asks=("call",), rules=("crowdworks/contact-before-contract",)
)


def make(book: Book, case: Case, about: str, expect: str) -> Snippet:
    """Return a snippet that exists."""
    snippet = make_snippet(book, case, about=about, expect=expect)
    assert snippet
    return snippet


def test_an_ask_belongs_into_its_fact_file(book: Book) -> None:
    snippet = make(book, CASE, "ask:other_messenger", "hit")
    assert (snippet.file, snippet.line) == ("rules/facts/other_messenger.yaml", '- "テレグで話しましょう。"')


def test_a_row_belongs_into_its_table_with_the_stage(book: Book) -> None:
    snippet = make(book, ZOOM, "rule:crowdworks/contact-before-contract", "hit")
    assert (snippet.file, snippet.rule) == ("rules/platforms/crowdworks.yaml", "contact-before-contract")
    assert yaml.safe_load(snippet.line) == [{"text": ZOOM.text, "stage": "before_contract"}]


@pytest.mark.parametrize(("expect", "holds"), [("hit", True), ("miss", False), ("todo", True)])
def test_it_tells_whether_the_rules_keep_the_promise_already(book: Book, expect: str, holds: bool) -> None:
    assert make(book, ZOOM, "ask:call", expect).holds is holds


@pytest.mark.parametrize(
    ("about", "expect"),
    [
        ("ask:none", "hit"),
        ("rule:none", "hit"),
        ("ask:call", "none"),
        ("rule:crowdworks/contact-before-contract", "todo"),
        ("", "hit"),
    ],
)
def test_what_does_not_exist_gives_no_line(book: Book, about: str, expect: str) -> None:
    assert make_snippet(book, ZOOM, about=about, expect=expect) is None


def test_without_a_text_there_is_no_line(book: Book) -> None:
    assert make_snippet(book, replace(ZOOM, text=""), about="ask:call", expect="hit") is None


def test_what_was_found_is_offered_first(book: Book) -> None:
    assert list_choices(book, ZOOM)[0].value == "ask:call"
    values = [choice.value for choice in list_choices(book, CASE)]
    assert len(values) == len(set(values)) and not any("lancers/" in value for value in values)


@pytest.mark.parametrize(
    ("case", "suggested"),
    [
        (replace(ZOOM, unclear="rated_wrong"), ("rule:crowdworks/contact-before-contract", "miss")),
        (replace(ZOOM, unclear="contradiction"), ("ask:call", "hit")),
        (CASE, ("", "hit")),
    ],
)
def test_a_first_choice_is_suggested(case: Any, suggested: tuple[str, str]) -> None:
    assert suggest(case) == suggested


@given(st.text(max_size=60))
def test_a_quoted_text_reads_back_as_it_was(text: str) -> None:
    line = quote_yaml(text)
    assert yaml.safe_load(line) == text and "\n" not in line


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\u2066", "\x1b", "\x85", "\u2028", "\ufeff", "\U000e0041"])
def test_what_steers_or_hides_is_written_as_an_escape(char: str) -> None:
    assert char not in quote_yaml(f"a{char}b") and yaml.safe_load(quote_yaml(f"a{char}b")) == f"a{char}b"
