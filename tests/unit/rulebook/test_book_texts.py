"""What the rows say: every text is whole, names its source, and claims no more than it may."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from service.consultation import Book
from service.facts.fact import Ask, Facts
from service.rulebook.book import BOTH_STAGES, RuleBook
from service.rulebook.rule import Rule
from service.vocabulary import ASK_KINDS, PLATFORMS, Platform


@pytest.fixture(scope="session")
def rows(rules: RuleBook) -> list[Rule]:
    """Return every row of every table."""
    return [*rules.common, *(rule for site in rules.sites.values() for rule in site.rules)]


def test_every_row_has_its_own_words_and_steps(rows: list[Rule]) -> None:
    for rule in rows:
        assert rule.sources, rule.id
        assert 2 <= len(rule.next_steps) <= 4, rule.id
        assert all(text.endswith("。") for text in (rule.what, rule.why, rule.do, *rule.next_steps)), rule.id


def test_every_answer_has_whole_sentences_and_a_step(rules: RuleBook) -> None:
    for row in (*rules.done, *rules.questions):
        assert row.steps, row.title
        assert all(text.endswith("。") for text in (row.text, *row.steps)), row.title


def test_a_rows_summary_is_one_sentence(rows: list[Rule]) -> None:
    for rule in rows:
        assert rule.summary.count("。") <= 1 and rule.summary.endswith("。" if rule.summary else ""), rule.id


def test_a_row_for_signals_alone_words_its_own_summary(rows: list[Rule]) -> None:
    assert all(rule.summary for rule in rows if not rule.when.asks)


def test_no_text_cites_an_article_number(rows: list[Rule]) -> None:
    """Article numbers of the sites' terms have moved over the years."""
    for rule in rows:
        text = "".join((rule.what, rule.why, rule.do, *rule.next_steps))
        assert not any(f"第{digit}" in text for digit in "0123456789０１２３４５６７８９"), rule.id


def test_what_is_known_second_hand_sends_the_worker_to_the_sites_own_page(rules: RuleBook) -> None:
    for rule in rules.sites["craudia"].rules:
        if "contact" in rule.id or "direct" in rule.id:
            assert "サイトの規約をご確認ください" in rule.why, rule.id


def test_every_reference_of_a_row_or_an_answer_exists(rules: RuleBook, rows: list[Rule]) -> None:
    answers = (*rules.done, *rules.questions)
    sources = {name for row in rows for name in row.sources} | {name for row in answers for name in row.sources}
    desks = {name for row in rows for name in row.help} | {name for row in answers for name in row.help}
    assert sources <= set(rules.sources) and desks <= set(rules.desks)


def test_every_signal_that_can_be_read_of_a_question_or_a_deed_has_an_answer(book: Book) -> None:
    kinds = {pattern.kind for pattern in book.reader.patterns if pattern.fact == "signal"}
    wanted = {kind for kind in kinds if kind.startswith(("did_", "question_"))}
    for platform in PLATFORMS:
        rows = (*book.rules.done, *book.rules.questions)
        answered = {row.signal for row in rows if not row.platforms or platform in row.platforms}
        assert wanted <= answered, platform


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_ask_is_answered_at_every_stage_with_nothing_left_to_fill_in(platform: Platform, rules: RuleBook) -> None:
    days = (date(2019, 1, 1), date(2020, 10, 20), date(2026, 11, 23))
    for kind, stage, day in product(ASK_KINDS, BOTH_STAGES, days):
        facts = Facts("client_message", asks=(Ask(kind, "", 0, 0),))
        findings = rules.judge(facts, platform=platform, stage=stage, as_of=day).findings
        assert [finding.asks for finding in findings] == [(kind,)], (kind, stage, day)
        texts = [findings[0].what, findings[0].why, findings[0].do, findings[0].summary, *findings[0].next_steps]
        assert not any("{" in text or "}" in text for text in texts), (kind, stage, day)


def test_other_sites_are_not_judged_by_the_name_of_crowdworks(rules: RuleBook) -> None:
    for site in rules.sites.values():
        if site.platform not in ("crowdworks", "unknown"):
            assert not any("クラウドワークス" in rule.why for rule in site.rules), site.platform
