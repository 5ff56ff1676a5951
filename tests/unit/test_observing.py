"""What is remembered of an answer: kinds and numbers, and a masked text only where a person should look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from service.consultant import Consultant
from service.consultation import Book, consult
from service.guard.reply import Reply, admit_template
from service.intake.message import Message, make_message
from service.observation import Observation
from service.observing import Occasion, make_observation

DAY = date(2026, 11, 23)
OCCASION = Occasion(id="a", at=1_795_576_800.0, channel="web", seconds=0.02, owner="hash")
HARMLESS = "ロゴの修正案をお送りします。採用担当の佐藤まで、ご意見をいただけますと幸いです。"


def answer(book: Book, text: str, **said: Any) -> tuple[Message, Reply]:
    """Return a message and its reply."""
    message = make_message(text, as_of=DAY, **said)
    return message, admit_template(consult(message, book), reason="no_model")


def observe(book: Book, text: str, **said: Any) -> Observation:
    """Return what is remembered of a message."""
    return make_observation(*answer(book, text, **said), OCCASION)


def test_an_answer_becomes_kinds_and_numbers(book: Book) -> None:
    seen = observe(book, "契約前ですが、Zoomでお話しできますか。", platform="crowdworks")
    assert (seen.verdict, seen.asks, seen.stage, seen.reason) == (
        "against_rules",
        ("call",),
        "before_contract",
        "no_model",
    )
    assert seen.rules == ("crowdworks/contact-before-contract",) and seen.seconds == 0.02


def test_a_clear_case_leaves_no_text(book: Book) -> None:
    seen = observe(book, "契約前ですが、Zoomでお話しできますか。")
    assert (seen.unclear, seen.text) == ("", "")


def test_where_nothing_was_found_the_masked_text_is_kept(book: Book) -> None:
    seen = observe(book, HARMLESS)
    assert seen.unclear == "nothing_found" and "ロゴの修正案" in seen.text
    assert "佐藤" not in seen.text and "〔名前1〕" in seen.text


@pytest.mark.parametrize("text", ["よろしくお願いします", "クラウドワークスの手数料はいくらですか、教えてください。"])
def test_small_talk_and_questions_are_no_riddle(book: Book, text: str) -> None:
    assert observe(book, text).unclear == ""


@pytest.mark.parametrize("said", [{"stage": "after_contract"}, {"platform": "lancers"}])
def test_a_contradiction_is_a_case(book: Book, said: dict[str, str]) -> None:
    seen = observe(book, "クラウドワークスでの契約前ですが、Zoomでお話しできますか。", **said)
    assert seen.unclear == "contradiction" and "Zoom" in seen.text


def test_an_answer_called_wrong_is_told_again_with_its_text(book: Book) -> None:
    seen = make_observation(*answer(book, "契約前ですが、Zoomでお話しできますか。"), OCCASION, rated_wrong=True)
    assert seen.unclear == "rated_wrong" and "Zoom" in seen.text


def test_a_long_case_is_cut(book: Book) -> None:
    assert len(observe(book, HARMLESS * 200).text) == 2_001


class BrokenObserver:
    """An observer that cannot keep anything."""

    def record(self, observation: Observation) -> None:
        """Fail, with the text in the error."""
        raise ValueError(observation.text)

    def rate(self, id: str, *, useful: bool) -> bool:
        """Know nothing."""
        return False

    def forget(self, *, id: str = "", owner: str = "") -> None:
        """Have nothing."""


def test_a_broken_observer_costs_no_answer(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    Consultant(book, observer=BrokenObserver()).observe_now(*answer(book, HARMLESS), OCCASION)
    assert "observation_failed kind=ValueError" in caplog.text and "ロゴ" not in caplog.text
