"""A reply is made by the guard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.consultation import Book, consult
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from tests.measure import AS_OF


def test_nobody_else_makes_a_reply(book: Book) -> None:
    answer = consult(make_message("Zoomで面接をしましょう", as_of=AS_OF), book)
    with pytest.raises(TypeError, match="guard"):
        Reply(answer.advice, answer.drafts)


def test_a_changed_copy_is_no_reply(book: Book) -> None:
    reply = admit_template(consult(make_message("Zoomで面接をしましょう", as_of=AS_OF), book))
    with pytest.raises(TypeError, match="guard"):
        replace(reply, lead="通話しても大丈夫です。")
