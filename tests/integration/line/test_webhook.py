"""The webhook's door: who is let in, and what is told to the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from service.adapters.database import FILE_NAME, open_sqlite
from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts
from tests.fakes.line_signature import sign, signed_headers, webhook_body
from tests.integration.line.conftest import ASK, Chat, words

MIB = 1 << 20


def post(chat: Chat, body: bytes, signature: str | None = None) -> int:
    """Post a body, rightly signed unless told otherwise; return the status."""
    headers = signed_headers(body, chat.settings.line_channel_secret)
    if signature is not None:
        headers["X-Line-Signature"] = signature
    return chat.service.post("/line/webhook", content=body, headers=headers).status_code


def kept(chat: Chat) -> int:
    """Count the events in the store."""
    engine = open_sqlite(chat.settings.data_dir / FILE_NAME)
    with engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM line_events")).scalar_one()
    engine.dispose()
    return count


def test_the_connection_test_of_the_console_is_answered(chat: Chat) -> None:
    assert post(chat, b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}') == 200


@pytest.mark.parametrize("signature", ["", "x", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="])
def test_without_a_right_signature_nothing_is_kept(chat: Chat, user: str, signature: str) -> None:
    before = kept(chat)
    assert post(chat, webhook_body(chat.make.text(ASK, user)), signature) == 401
    assert kept(chat) == before


def test_no_signature_at_all_is_refused(chat: Chat) -> None:
    assert chat.service.post("/line/webhook", content=b'{"events":[]}').status_code == 401


def test_exactly_one_mib_is_taken_and_a_byte_more_is_not(chat: Chat) -> None:
    body = b'{"events":[],"pad":"' + b"x" * (MIB - 22) + b'"}'
    assert len(body) == MIB
    assert post(chat, body) == 200
    assert post(chat, body + b" ") == 413
    assert post(chat, body + b" ", "wrong") == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{}", b'{"events":{}}', b'{"events":null}', b'{"events":[}', b"\xff\xfe", b'{"events":[NaN]}',
     b'{"events":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}", b'{"events":[' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"]}"],
)  # fmt: skip
def test_what_is_no_list_of_events_is_refused_after_the_signature(chat: Chat, body: bytes) -> None:
    assert post(chat, body) == 400
    assert post(chat, body, sign(b"another", "secret")) == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post_is_allowed_whatever_comes_along(chat: Chat, method: str) -> None:
    assert chat.service.request(method, "/line/webhook", content=b"x" * (2 * MIB)).status_code == 405


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (Settings(), "LINE_CHANNEL_SECRET · LINE_CHANNEL_ACCESS_TOKEN"),
        (Settings(line_channel_secret="s"), "LINE_CHANNEL_ACCESS_TOKEN"),
        (Settings(line_channel_access_token="t"), "LINE_CHANNEL_SECRET"),
    ],
)
def test_without_credentials_it_says_which_are_missing_and_the_rest_runs(
    book: Book, settings: Settings, missing: str
) -> None:
    with TestClient(create_app(Parts(settings, Consultant(book)))) as service:
        answer = service.post("/line/webhook", content=b'{"events":[]}')
        assert (answer.status_code, answer.json()["error"]["message"]) == (503, f"LINEの設定が足りません: {missing}")
        assert service.post("/api/advice", json={"text": ASK}).status_code == 200


def test_real_events_old_and_unknown_are_all_taken(chat: Chat, shared: Path) -> None:
    bodies = sorted((shared / "line-fixtures").glob("*__*.json"))
    refused = [path.name for path in bodies if post(chat, path.read_bytes()) != 200]
    assert (len(bodies) > 200, refused) == (True, [])


SHAPES = [
    {"type": "message"},
    {"type": "message", "message": None},
    {"type": "message", "message": {"type": "text"}, "source": {"type": "user", "userId": 5}, "replyToken": "r"},
    {"type": "message", "message": {"type": "text", "text": {"a": 1}}, "source": {"type": "user", "userId": "U1"}},
    {"type": "message", "message": {"type": "text", "text": "a", "mention": {"mentionees": [7, {"isSelf": True}]}}},
    {"type": "postback", "postback": {"data": 5}, "replyToken": "r", "source": {"type": "user", "userId": "U1"}},
    {"type": "unsend", "unsend": "no"},
    {"type": "unfollow", "source": ["user"]},
    {"type": "follow", "timestamp": "soon", "webhookEventId": 5, "deliveryContext": True, "replyToken": 9},
    {"type": "beacon\n\x1b[31m", "timestamp": 10**400},
    {"type": 5},
    {"type": "message", "timestamp": -5, "message": {"type": "hologram", "id": "1"}, "mode": "new"},
]


@pytest.mark.parametrize("shape", SHAPES, ids=[json.dumps(shape)[:60] for shape in SHAPES])
def test_an_odd_event_costs_the_others_nothing(chat: Chat, user: str, shape: object) -> None:
    assert "使い方" in words(chat.answer(user, shape, chat.make.text("ヘルプ", user)))
