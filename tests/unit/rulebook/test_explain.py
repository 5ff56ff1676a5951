"""A judgement explained: the rows that were tried, what each lacked, and what one change would turn."""

from __future__ import annotations

from datetime import date

import pytest

from service.consultation import Book
from service.facts.trace import trace_facts, trace_taken_back
from service.rulebook.book import BOTH_STAGES
from service.rulebook.coverage import count_fired
from service.rulebook.explain import Explained, Ground, explain
from service.vocabulary import Stage

DAY = date(2026, 11, 23)


def explain_text(book: Book, text: str, *stages: Stage) -> tuple[Explained, ...]:
    """Return how a text is judged on CrowdWorks."""
    return explain(book.rules, book.reader.read_facts(text), Ground("crowdworks", stages or ("before_contract",), DAY))


def turns(explained: Explained) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what each change leads to."""
    return {(turn.condition, turn.value): (turn.rule.id, turn.rule.verdict) for turn in explained.turns}


def test_the_row_that_decides_is_the_one_the_judgement_stands_on(book: Book) -> None:
    (explained,) = explain_text(book, "Zoomでお話しできますか。")
    facts = book.reader.read_facts("Zoomでお話しできますか。")
    judged = book.rules.judge(facts, platform="crowdworks", stage="before_contract", as_of=DAY)
    assert explained.decided and explained.decided.id == judged.findings[0].rule
    assert [each.lacks for each in explained.tried[:-1]].count("") == 0


def test_it_would_be_caution_after_the_contract(book: Book) -> None:
    (explained,) = explain_text(book, "Zoomでお話しできますか。")
    assert turns(explained)["stage", "after_contract"] == ("crowdworks/contact-after-contract", "caution")


def test_it_would_be_another_row_if_a_permission_were_claimed(book: Book) -> None:
    (explained,) = explain_text(book, "Zoomでお話しできますか。")
    assert turns(explained)["claim", "approval_granted"][0] == "crowdworks/approval-granted"


def test_it_would_be_forbidden_without_the_permission_that_is_claimed(book: Book) -> None:
    (explained,) = explain_text(book, "事務局の許可を得ていますので、Zoomでお話しできますか。")
    assert turns(explained)["no_claim", "approval_granted"] == ("crowdworks/contact-before-contract", "against_rules")


def test_without_a_stage_each_is_explained(book: Book) -> None:
    stages = [each.stage for each in explain_text(book, "Zoomでお話しできますか。", *BOTH_STAGES)]
    assert stages == list(BOTH_STAGES)


def test_where_nothing_is_asked_nothing_was_tried(book: Book) -> None:
    assert explain_text(book, "納品ありがとうございました。") == ()


@pytest.mark.parametrize(
    "text", ["Ｌ Ｉ Ｎ Ｅ を教えてください", "契約前ですがZoomでお話しできますか。許可を得ています。"]
)
def test_every_trace_quotes_the_text_and_names_its_pattern(book: Book, text: str) -> None:
    seen = trace_facts(book.reader, text)
    assert seen and all(text[each.start : each.end] == each.quote for each in seen)
    known = {(pattern.file, pattern.id) for pattern in book.reader.patterns}
    assert all((each.file, each.pattern) in known for each in seen)


def test_a_trace_shows_every_ask_that_was_read(book: Book) -> None:
    text = "LINEを教えてください。先にツール代として5,000円をお支払いください。"
    kinds = {each.kind for each in trace_facts(book.reader, text) if each.fact == "ask"}
    assert kinds >= {ask.kind for ask in book.reader.read_facts(text).asks}


def test_what_a_refusal_took_back_is_told(book: Book) -> None:
    text = "電話での打ち合わせは必要ありません。LINEを教えてください。"
    assert [each.kind for each in trace_taken_back(book.reader, text) if each.kind in ("call", "line_exchange")] == [
        "call"
    ]
    assert not any(each.kind == "call" for each in trace_facts(book.reader, text))


def test_every_row_fires_in_the_examples_of_the_tables(book: Book) -> None:
    fired = count_fired(book.reader, book.rules)
    assert [rule for rule, number in fired.items() if not number] == []
