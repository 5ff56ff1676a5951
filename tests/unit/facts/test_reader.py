"""The reader on any text at all: answers, exact quotes, the same with and without the sieve."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.consultation import Book, consult
from service.errors import InputError
from service.guard.reply import admit_template
from service.intake.message import make_message
from service.intake.sentences import Sentences
from service.rendering.result import to_result
from tests.measure import AS_OF
from tests.plain_matcher import PlainMatcher

WORDS = ["LINE", "ライン", "Zoom", "で", "を", "交換", "お願いします", "。", "\n", "「", "」", "契約前に", "仮払い", "テレグラム",
         "振り込んで", "不要です", "が、", "@", "090-0000-0000", "L I N E", "ﾗｲﾝ", "\u200b", "と言われました", "?", "身分証"]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map("".join))


@given(TEXTS)
def test_any_text_gets_an_answer_or_a_clear_error(book: Book, text: str) -> None:
    """No text brings a traceback; every quote is an exact slice."""
    try:
        message = make_message(text, as_of=AS_OF)
    except InputError as error:
        assert str(error)
        return
    answer = consult(message, book)
    facts = answer.advice.facts
    spans = [(ask.quote, ask.start, ask.end) for ask in facts.asks]
    spans += [(claim.quote, claim.start, claim.end) for claim in facts.claims]
    spans += [(signal.quote, signal.start, signal.end) for signal in facts.signals]
    spans += [(contact.quote, contact.start, contact.end) for contact in facts.contacts]
    assert all(quote == text[start:end] for quote, start, end in spans)
    assert json.dumps(to_result(admit_template(answer)), ensure_ascii=False) == json.dumps(
        to_result(admit_template(consult(message, book))), ensure_ascii=False
    )


@given(TEXTS)
def test_the_sieve_loses_nothing(book: Book, plain_matcher: PlainMatcher, text: str) -> None:
    """What the matcher finds is what every expression tried one by one finds."""
    assert book.reader.matcher.find_tokens(text) == plain_matcher.find_tokens(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("LINEスタンプのイラスト制作をお願いします。", set()),
        ("LINEスタンプの制作です。詳細はLINEでお話ししますので、IDを教えてください。", {"line_exchange"}),
        ("ガイドラインに沿って、オンラインでご納品ください。", set()),
        ("このlineの太さを変えてください。", set()),
        ("締切ラインは金曜です。", set()),
        ("「Zoomの使い方」をテーマにした記事をお願いします。", set()),
        ("電話番号のデータ入力をお願いします。", set()),
        ("LINEは不要ですが、Zoomだけお願いします。", {"call"}),
        ("Zoomでの面談は行わず、LINEで連絡をお願いします。", {"line_exchange"}),
        ("お客様とLINEでやり取りしていただくお仕事です。", set()),
        ("We never ask for your phone number or LINE.", set()),
        ("契約前に通話って大丈夫?", {"call"}),
        ("チャットワークのIDを教えてと言われた", {"other_messenger"}),
        ("もうLINE追加してしまった", {"line_exchange"}),
    ],
)
def test_an_ask_is_a_pair_in_its_clause(book: Book, text: str, asks: set[str]) -> None:
    """A channel alone is no request; a request that is refused, or about the job, is none either."""
    assert {ask.kind for ask in book.reader.read_facts(text).asks} == asks


def test_a_term_left_out_does_not_open_either(book: Book) -> None:
    """A term that is looked for only behind another word is gone with the rest of it."""
    matcher, text = book.reader.matcher, "Zoomの使い方の記事"
    matcher.warm_up()
    name, end = "as_job_subject", len("Zoom")
    assert matcher.open_text(text, Sentences(text)).opens(name, end)
    assert not matcher.without(name).open_text(text, Sentences(text)).opens(name, end)
