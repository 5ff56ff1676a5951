"""A situation is made of closed sets alone; topics are recognised, never quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.model.files import read_topics
from service.consultation import Book, consult
from service.errors import InputError
from service.intake.message import make_message
from service.wording.situation import read_situation
from tests.measure import AS_OF

TOPICS = read_topics(Path(__file__).parents[3] / "prompts")


@pytest.mark.parametrize(("text", "topic"), [
    ("ブログ記事の執筆をお願いします", "ライティング"), ("YouTubeのショート動画の編集です", "動画編集"),
    ("ＳＮＳ運用のお仕事です", "投稿代行"), ("WORDPRESSでの制作です", "ウェブ制作"), ("お仕事のご相談です", ""),
    ("ロゴとチラシのデザイン、あと記事作成も少し", "デザイン"),
])  # fmt: skip
def test_a_topic_is_one_of_the_known_words(text: str, topic: str) -> None:
    assert TOPICS.find(text) == topic


@pytest.mark.parametrize(("text", "stage", "relation"), [
    ("はじめまして。Zoomでお話ししませんか。", "before_contract", "first"),
    ("いつもお世話になっております。Zoomでお話ししませんか。", "before_contract", "ongoing"),
    ("Zoomでお話ししませんか。", "after_contract", "ongoing"), ("Zoomでお話ししませんか。", "before_contract", "unknown"),
])  # fmt: skip
def test_the_relation_is_read_from_greeting_and_stage(text: str, stage: str, relation: str, book: Book) -> None:
    answer = consult(make_message(text, as_of=AS_OF, stage=stage), book)
    assert read_situation(answer, TOPICS).relation == relation


@given(st.text(alphabet=st.characters(categories=["Lo"]), min_size=1, max_size=60))
def test_no_word_of_the_client_is_in_the_situation(book: Book, text: str) -> None:
    """Letters put around a request change nothing but, at most, the topic and what was recognised."""
    try:
        message = make_message(f"{text}。契約前にZoomでお話ししませんか。", as_of=AS_OF)
    except InputError:
        return
    situation = read_situation(consult(message, book), TOPICS)
    known = {*TOPICS.words, ""}
    assert situation.topic in known and situation.key.replace(situation.topic or "\0", "").isascii()
