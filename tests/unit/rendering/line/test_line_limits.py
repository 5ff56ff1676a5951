"""Every message keeps LINE's limits: all verdicts, sites, stages, tones and languages, and answers larger than any rule's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.consultation import Answer, Book
from service.drafting.draft import Draft, Part
from service.guard.reply import Reply, admit_template
from service.rendering.line.flex import LONGEST_WORDS
from service.rendering.line.measure import LARGEST_BUBBLE, count_bytes, count_units
from service.rendering.line.reply import render_draft, render_plain, render_reply
from service.rendering.line.talk import WORDS, Talk
from service.vocabulary import DRAFT_KINDS, PLATFORMS, REGISTERS, STAGES, VERDICTS, Platform, Stage, Verdict
from tests.unit.rendering.line.conftest import ZOOM, answer_to, find_problems, walk

TEXTS = (
    ZOOM,
    "免許証の写真を送ってください。登録料3,000円を先に振り込み、AnyDeskを入れてください。本日中にお願いします。",
    "運営の承認をいただいたので、Zoomで打ち合わせをお願いします。",
    "今後のやり取りはLINEで行いますので、友だち追加をお願いします。",
    "納品ありがとうございました。修正はありません。次回もよろしくお願いします。",
    "Could we have a quick call on Google Meet, and please send me your phone number?",
    "请加我的微信，先付押金，然后我们在外面直接交易。",
    "身分証の写真を送ってしまいました。どうしたらいいですか。",
    "ありがとう",
)
KEY = "k" * 64


def _all_messages(reply: Reply, text: str) -> list[list[dict[str, object]]]:
    others = [render(draft, reply, key=KEY) for draft in reply.drafts for render in (render_draft, render_plain)]
    return [render_reply(reply, text=text, key=KEY, joined=2), *others]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_site_stage_tone_and_language_keeps_the_limits(book: Book, platform: Platform) -> None:
    for stage in STAGES:
        for register in REGISTERS:
            for text in TEXTS:
                answer = answer_to(book, text, platform=platform, stage=stage, register=register)
                for messages in _all_messages(admit_template(answer), text):
                    assert find_problems(messages) == []


def test_the_texts_above_reach_every_verdict_and_language(book: Book) -> None:
    answers = [answer_to(book, text, stage=stage) for text in TEXTS for stage in STAGES]
    assert {answer.advice.verdict for answer in answers} == set(VERDICTS)
    assert {answer.advice.facts.language for answer in answers} == {"ja", "en", "zh"}


def test_every_labelled_message_gets_an_answer_that_keeps_the_limits(book: Book, root: Path) -> None:
    cases = yaml.load((root / "tests/corpus/tune.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for case in cases:
        messages = render_reply(admit_template(answer_to(book, case["text"])), text=case["text"], key=KEY)
        assert find_problems(messages) == []


def test_no_text_of_the_rules_is_cut(book: Book) -> None:
    rules = [rule for site in PLATFORMS for rule in book.rules.rules_for(site)]
    texts = [text for rule in rules for text in (rule.what, rule.why, rule.do, rule.summary, *rule.next_steps)]
    texts += [text for row in (*book.rules.done, *book.rules.questions) for text in (row.text, *row.steps)]
    assert max(map(count_units, texts)) + 100 <= LONGEST_WORDS  # slots grow a text


SCAM = "免許証の写真を送ってください。"


@pytest.fixture(scope="session")
def scam(book: Book) -> Answer:
    """Return an answer with findings and desks; the book itself would be too much to print on a failure."""
    return answer_to(book, SCAM)


SIGNS = st.text(st.sampled_from("あ漢Ａa🧑‍🤝‍🧑👍🏽\u0301\u200d\u202e\t\n 。%&#=+<{\"'\\"), min_size=1, max_size=40)


def _swell(answer: Answer, signs: str, length: int, count: int) -> Answer:
    """Return an answer whose every text is so long, with so many findings, steps, notes, desks and drafts."""
    text = (signs * length)[:length]
    advice = answer.advice
    finding = replace(advice.findings[0], what=text, why=text, do=text)
    desk = replace(advice.help[0], name=text, text=text)
    drafts = [Draft(kind, signs, "polite", (Part("core", text + "x"),)) for kind in DRAFT_KINDS[:count]]
    large = replace(
        advice,
        summary=text + "x",
        findings=(finding,) * count,
        next_steps=(text,) * count,
        notes=(text,) * count,
        help=(desk,) * count,
    )
    return Answer(large, tuple(drafts))


@settings(max_examples=50)
@given(SIGNS, st.integers(0, 6000), st.integers(0, 12), st.sampled_from(VERDICTS), st.sampled_from(STAGES))
@example("あ", 6000, 12, "danger", "unknown")
@example("👍🏽", 1000, 2, "depends", "unknown")
def test_answers_larger_than_any_rule_keep_the_limits(
    scam: Answer, signs: str, length: int, count: int, verdict: Verdict, stage: Stage
) -> None:
    large = _swell(scam, signs, length, count)
    branches = (("before_contract", "danger"), ("after_contract", "ok"))
    advice = replace(large.advice, verdict=verdict, stage=stage, branches=branches)  # type: ignore[arg-type]
    for messages in _all_messages(admit_template(replace(large, advice=advice)), SCAM):
        assert find_problems(messages) == []
        bubbles = [node for node in walk(messages) if node.get("type") == "bubble"]
        assert all(count_bytes(bubble) <= LARGEST_BUBBLE for bubble in bubbles)


@pytest.mark.parametrize("days", (1, 3650))
@pytest.mark.parametrize("model", (True, False))
def test_the_greeting_and_the_help_keep_the_limits(talk: Talk, days: int, model: bool) -> None:
    assert find_problems(talk.greet(days, model)) == find_problems(talk.help_text()) == []


SLOTS = {"stage": "before_contract", "platform": "unknown", "register": "short", "limit": 10_000}


@pytest.mark.parametrize("word", WORDS)
def test_every_other_word_keeps_the_limits(talk: Talk, word: str) -> None:
    slots = {slot: SLOTS[slot] for slot in WORDS[word]}
    assert find_problems(talk.say(word, key=KEY, **slots)) == []  # type: ignore[arg-type]
