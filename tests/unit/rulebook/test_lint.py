"""Lint of the tables: rows hidden behind others, asks nobody answers, sources not read for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.consultation import Book
from service.facts.extract import Reader
from service.rulebook.book import RuleBook
from service.rulebook.lint import Problem, lint_book
from service.rulebook.rule import Rule

TODAY = date(2026, 11, 23)


def _lint(book: Book, rules: RuleBook, today: date = TODAY) -> list[str]:
    problems: list[Problem] = lint_book(book.reader, (), rules, today=today)
    return [problem.message for problem in problems]


def _with_rows(rules: RuleBook, rows: tuple[Rule, ...]) -> RuleBook:
    site = replace(rules.sites["shufti"], rules=rows)
    return replace(rules, sites={**rules.sites, "shufti": site})


@pytest.fixture
def shufti(rules: RuleBook) -> tuple[Rule, ...]:
    """Return the rows of a small table."""
    return rules.sites["shufti"].rules


def test_the_shipped_tables_have_no_hidden_row_and_no_gap(book: Book) -> None:
    assert not [message for message in _lint(book, book.rules) if "かくれて" in message or "行がありません" in message]


def test_a_row_behind_a_wider_one_is_found(book: Book, shufti: tuple[Rule, ...]) -> None:
    hidden = replace(shufti[0], id="shufti/hidden")
    messages = _lint(book, _with_rows(book.rules, (*shufti, hidden)))
    assert [message for message in messages if "shufti/hidden" in message and "かくれて" in message]


def test_an_ask_answered_at_one_stage_only_is_a_gap(book: Book, shufti: tuple[Rule, ...]) -> None:
    rows = tuple(rule for rule in shufti if rule.id != "shufti/contact-after-order")
    gaps = [message for message in _lint(book, _with_rows(book.rules, rows)) if "行がありません" in message]
    assert any("call（after_contract）" in gap for gap in gaps)
    assert not any("before_contract" in gap for gap in gaps)


def test_a_row_without_examples_and_an_id_used_twice_are_told(book: Book, shufti: tuple[Rule, ...]) -> None:
    bare = replace(shufti[0], examples=())
    messages = _lint(book, _with_rows(book.rules, (bare, *shufti)))
    assert f"{bare.id} に当たる例がありません" in messages
    assert f"{bare.id} に当たらない例がありません" in messages
    assert f"id「{bare.id}」が二度使われています" in messages


def test_a_source_older_than_a_year_is_told(book: Book) -> None:
    assert not any("確かめていません" in message for message in _lint(book, book.rules))
    assert any("確かめていません" in message for message in _lint(book, book.rules, date(2027, 11, 25)))


def test_a_flag_within_a_pattern_is_told(book: Book) -> None:
    flagged = replace(next(iter(book.reader.matcher.terms.values())), name="flagged", patterns=("電話(?i:LINE)",))
    reader = Reader((flagged,), ())
    messages = [problem.message for problem in lint_book(reader, (), book.rules, today=TODAY)]
    assert "「flagged」のパターンに (?: 以外の (? があります" in messages
