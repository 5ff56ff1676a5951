"""What the account says besides an answer, and that its files are told by file and line when they are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from service.adapters.line_texts import read_talk
from service.consultation import Book
from service.errors import RuleFileError
from service.rendering.line.postback import DONE_VALUES, Postback, decode_postback
from service.rendering.line.talk import Talk
from tests.unit.rendering.line.conftest import Json, answer_to, read_words


def _data(messages: list[Json]) -> list[Postback | None]:
    actions = [item["action"] for item in messages[-1]["quickReply"]["items"]]
    return [decode_postback(action["data"]) for action in actions if action["type"] == "postback"]


def test_the_greeting_says_what_is_kept_how_long_and_how_to_delete_it(talk: Talk) -> None:
    told = read_words(talk.greet(45, False))
    assert "45日で削除します" in told and "「履歴を削除」と送ってください" in told and "貼り付けて" in told


def test_the_greeting_says_what_goes_to_a_model(talk: Talk) -> None:
    assert "外部のAIは使っていません" in read_words(talk.greet(30, False))
    assert "文章そのものは送りません" in read_words(talk.greet(30, True))
    assert "伏せた文章の一部" in read_words(talk.greet(30, True, excerpt=True))


def test_an_example_of_the_greeting_is_judged_when_tapped(talk: Talk, book: Book) -> None:
    actions = [item["action"] for item in talk.greet(30, False)[-1]["quickReply"]["items"]]
    examples = [action["text"] for action in actions if action["type"] == "message"]
    assert examples and all(answer_to(book, text).advice.asks for text in examples)


def test_slots_are_said_in_japanese(talk: Talk) -> None:
    assert "契約後" in read_words(talk.say("stage_noted", stage="after_contract"))
    assert "ほかのサイト" in read_words(talk.say("platform_noted", platform="unknown"))
    assert "「やわらかめ」" in read_words(talk.say("register_noted", register="soft"))
    assert "10,000文字" in read_words(talk.say("too_long", limit=10_000))


def test_the_sites_and_the_deeds_keep_the_message_they_are_about(talk: Talk) -> None:
    assert Postback("platform", "coconala", "key1") in _data(talk.say("choose_platform", key="key1"))
    deeds = _data(talk.say("choose_done", key="key1"))
    assert deeds == [Postback("done", value, "key1") for value in DONE_VALUES]


@pytest.mark.parametrize("value", DONE_VALUES)
def test_a_deeds_sentence_is_answered_with_what_helps_now(talk: Talk, book: Book, value: str) -> None:
    signal = "threat" if value == "threat" else f"did_{value}"
    answer = answer_to(book, talk.done_sentences[value])
    assert signal in {found.kind for found in answer.advice.facts.signals}
    row = next(row for row in book.rules.done if row.signal == signal)
    assert row.text.startswith(answer.advice.summary)
    assert answer.advice.next_steps[: len(row.steps)] == row.steps


def test_deleting_asks_first(talk: Talk) -> None:
    assert _data(talk.say("ask_forget")) == [Postback("forget", "yes")]


def test_an_unknown_word_or_a_missing_slot_is_a_mistake_of_the_caller(talk: Talk) -> None:
    for word in ("no_such_word", "stage_noted"):
        with pytest.raises(KeyError):
            talk.say(word)


BROKEN: dict[str, tuple[str, Callable[[str], str], str]] = {
    "an unknown word": ("say.yaml", lambda text: text + "dance:\n  text: おどります。\n", "知らない項目「dance」"),
    "a missing word": ("say.yaml", lambda text: text[: text.index("small_talk:")], "small_talk"),
    "an unknown button": ("help.yaml", lambda text: text.replace("[examples", "[examplez"), "ボタン「examplez」"),
    "a missing slot": ("greeting.yaml", lambda text: text.replace("{days}", "三十"), "{days} がありません"),
    "a foreign slot": ("greeting.yaml", lambda text: text.replace("外部のAIは", "{model}は"), "波かっこ"),
    "a long label": ("done.yaml", lambda text: text.replace("お金を払った", "お" * 21), "長すぎます"),
    "too many examples": ("examples.yaml", lambda text: text + "more: {label: 例, text: 例です}\n", "例は3つまで"),
    "broken YAML": ("done.yaml", lambda text: text + "x: [", "YAMLとして読めません"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_file_is_told_by_file_and_line(root: Path, tmp_path: Path, case: str) -> None:
    name, spoil, told = BROKEN[case]
    shutil.copytree(root / "prompts", tmp_path / "prompts")
    path = tmp_path / "prompts" / "line" / name
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RuleFileError, match=told) as caught:
        read_talk(tmp_path / "prompts")
    assert caught.value.file.endswith(name) and caught.value.line


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"greeting\.yaml: ファイルがありません"):
        read_talk(tmp_path)
