"""The machine and Python read every text alike, fact for fact: labelled messages, hostile ones, disguised ones, any at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.consultation import Book
from service.wiring.book import load_rule_files
from tests.bench.bench_core import hostile_texts
from tests.compiled_reader import Twins
from tests.conftest import ROOT
from tests.evasion import dress, evade
from tests.measure import load_cases

CORPUS = ROOT / "tests" / "corpus"
EVERY = {"locked": 1, "tune": 8, "fresh": 8}  # of the labelled messages of a file
LONGEST = 10_000
SIGNS = (
    "「", "」", "『", "』", '"', "\n", "\n> ", "\r\n", "。", "!", "?", "♪ ", "✨ ", "😊", "😊 ", " ", "  ", "\u3000", "\t",
    "\u200b", "\u00ad", "\ufeff", "\u3099", "ｶﾞ", "ﾗｲﾝ", "ＬＩＮＥ", "０９０", "①", "㈱", "①", "ſ", "K", "İ", "Σ", "ß", "ﬁ", "\x00",
    "\x1c", "\x85", "\xa0", "\u2028", "\ud83d", "\udc00", "\uffff", "𠮷", "𝐋𝐈𝐍𝐄", "\U0010ffff", "〇", "○", "*", "ー", "~",
)  # fmt: skip
DETAILS = (
    "0", "90", "1234", "〇九", "ゼロ", "キュー", "O", "+81", "03-1234-5678", "090", "-", "ー", "・", "(", ")", " ", "の", "\n", "。",
    "a", "ab", "a.b", "taro", "com", "example.com", "@", "＠", "★", "(at)", "[アット]", "あっとまーく", ".", "どっと", "[dot]", "https://",
    "hxxp://", "line.me/", "lin.ee/", "/ti/p", "ID", "アイディー", "検索", ":", "は", "abc_123", "@abc",
)  # fmt: skip


@cache
def _read_messages() -> tuple[str, ...]:
    """Return what fragments are cut from: some labelled messages."""
    return tuple(case.text for case in load_cases(CORPUS / "locked.yaml")[::5])


@cache
def _read_words() -> tuple[str, ...]:
    """Return the lexicon's words."""
    terms = load_rule_files(ROOT / "rules").reader.matcher.terms.values()
    return tuple(sorted({word for term in terms for word in (*term.words, *term.disguised)}))


def _cut(text: str, start: int, size: int) -> str:
    start %= len(text)
    return text[start : start + size]


fragments = st.builds(
    _cut, st.deferred(lambda: st.sampled_from(_read_messages())), st.integers(0, 500), st.integers(1, 60)
)
words = st.deferred(lambda: st.sampled_from(_read_words()))
pieces = st.one_of(words, fragments, st.sampled_from(SIGNS), st.text(st.characters(), max_size=4))
mixed = st.lists(pieces, max_size=24).map("".join)


@st.composite
def _repeated(draw: st.DrawFn) -> str:
    """Make a long text of a few pieces that come again and again."""
    piece = "".join(draw(st.lists(pieces, min_size=1, max_size=5))) or "。"
    size = draw(st.integers(1_000, LONGEST))
    return (draw(mixed) + piece * (size // len(piece) + 1))[:size]


def _shift(text: str, by: int) -> str:
    """Return a text with some letters before it: all else stands at other places."""
    return "あ" * by + text


@pytest.fixture(scope="module")
def twins(book: Book) -> Twins:
    """Return the book's reader in both its shapes."""
    reader = book.reader
    assert reader.second
    terms = tuple(reader.matcher.terms.values())
    return Twins(terms, reader.patterns, matcher=reader.matcher, classifier=reader.second.classifier)


@pytest.fixture(scope="module")
def unlearnt(book: Book) -> Twins:
    """Return the same without what was learnt: every pattern is tried."""
    reader = book.reader
    return Twins(tuple(reader.matcher.terms.values()), reader.patterns, matcher=reader.matcher)


@pytest.fixture(scope="module")
def examples() -> list[str]:
    """Return texts that the rules promise to hit or to miss."""
    return [each.text for each in load_rule_files(ROOT / "rules").examples]


@pytest.mark.parametrize("name", EVERY)
def test_labelled_messages_are_read_alike(twins: Twins, name: str) -> None:
    texts = [case.text for case in load_cases(Path(CORPUS, f"{name}.yaml"))[:: EVERY[name]]]
    assert len(texts) > 900 and twins.find_difference(texts) == "" and twins.given_up == 0


def test_examples_are_read_alike(twins: Twins, examples: list[str]) -> None:
    assert len(examples) > 5_000 and twins.find_difference(examples[::7]) == ""


def test_so_are_they_without_a_classifier(unlearnt: Twins, examples: list[str]) -> None:
    assert unlearnt.find_difference(examples[3::29]) == "" and unlearnt.given_up == 0


def test_hostile_texts_are_read_alike(book: Book, twins: Twins, unlearnt: Twins) -> None:
    """They are as long as a text may be, and made to cost."""
    texts = hostile_texts(book).values()
    assert twins.find_difference(texts) == "" and unlearnt.find_difference(texts) == ""


def test_disguised_texts_are_read_alike(twins: Twins) -> None:
    changed = [each for text in _read_messages()[::12] for each in (evade(text) | dress(text)).values()]
    assert len(changed) > 500 and twins.find_difference(changed) == ""


def test_long_texts_are_read_alike(twins: Twins, unlearnt: Twins) -> None:
    """Messages end to end: sentences by the hundred, parts by the dozen."""
    messages = _read_messages()
    texts = ["\n".join(messages[at : at + 100])[:LONGEST] for at in range(0, len(messages), 100)]
    assert twins.find_difference(texts) == "" and unlearnt.find_difference(texts[:2]) == ""


@given(st.one_of(mixed, st.text(st.characters(), max_size=300)), st.integers(0, 70))
@example("".join(SIGNS) * 3, 0)
@example("", 0)
def test_any_text_is_read_alike(twins: Twins, text: str, by: int) -> None:
    assert twins.find_difference([text, _shift(text, by)]) == ""


@given(st.lists(st.sampled_from(DETAILS), max_size=40).map("".join))
@example("".join(DETAILS) * 2)
@example("@abc@abc ID@abc検索abc_123@abc 1234@abc")
def test_contact_details_are_found_alike(twins: Twins, text: str) -> None:
    assert twins.find_difference([text]) == ""


@given(mixed)
def test_any_text_is_read_alike_without_a_classifier(unlearnt: Twins, text: str) -> None:
    assert unlearnt.find_difference([text]) == ""


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_repeated())
def test_what_comes_again_and_again_is_read_alike(twins: Twins, text: str) -> None:
    assert twins.find_difference([text]) == ""
