"""What every message to LINE is held to, and replies that are larger than any rule writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.adapters.line_texts import read_talk
from service.consultation import Answer, Book, consult
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from service.rendering.line.talk import Talk
from tests.fakes.line_limits import message_problems
from tests.fakes.line_spec import body_problems
from tests.measure import AS_OF

Json = dict[str, Any]
ZOOM = "契約前ですが、一度Zoomで15分ほどお話しできますか？"


def find_problems(messages: list[Json]) -> list[object]:
    """Return what LINE would refuse: by its description, and by the limits it only writes about."""
    body = {"replyToken": "0f3779fba3b349968c5d07db31eab56f", "messages": messages}
    return [*body_problems("ReplyMessageRequest", body), *message_problems(messages)]


def walk(node: Any) -> Iterator[Json]:
    """Yield every object within a message."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def read_words(messages: list[Json]) -> str:
    """Return every word that a worker can read in messages, one piece a line."""
    return "\n".join(node["text"] for node in walk(messages) if isinstance(node.get("text"), str))


Ask = Callable[..., Reply]


@pytest.fixture
def ask(book: Book) -> Ask:
    """Return what judges a text as the service does, without a model."""

    def judge(text: str = ZOOM, **situation: str) -> Reply:
        return admit_template(answer_to(book, text, **situation))

    return judge


def answer_to(book: Book, text: str, **situation: str) -> Answer:
    """Return the rules' answer to a text."""
    return consult(make_message(text, as_of=AS_OF, **situation), book)


@pytest.fixture(scope="session")
def talk(root: Path) -> Talk:
    """Return the account's own words as they are shipped."""
    return read_talk(root / "prompts")
