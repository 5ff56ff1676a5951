"""What a user takes back is gone: from the store, from the files, and for what comes later."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service.adapters.database import FILE_NAME, open_sqlite
from tests.fakes.line_events import redelivered
from tests.integration.line.conftest import Chat, buttons, words

PRIVATE = "花園駅前の喫茶ひまわりで、契約の前にZoomで面接をお願いします。"


def find_in_files(folder: Path, *needles: str) -> list[str]:
    """Return the files that hold one of the texts, in any spelling in which one might be written."""
    spelt = [
        written
        for needle in needles
        for written in (needle.encode(), needle.encode("utf-16-le"), json.dumps(needle)[1:-1].encode())
    ]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if any(written in path.read_bytes() for written in spelt)]


def rows(chat: Chat, query: str) -> list[Any]:
    """Ask the store, from outside."""
    engine = open_sqlite(chat.settings.data_dir / FILE_NAME)
    with engine.connect() as connection:
        found = list(connection.execute(text(query)).all())
    engine.dispose()
    return found


def until(condition: Any, seconds: float = 15) -> bool:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_neither_text_nor_user_can_be_read_in_any_file(chat: Chat, user: str) -> None:
    answer = chat.ask(PRIVATE, user)
    chat.tap("短く", user, answer)
    assert find_in_files(chat.settings.data_dir, PRIVATE, PRIVATE[:9], user) == []


def test_an_unsent_message_is_gone_with_all_that_was_made_of_it(chat: Chat, user: str) -> None:
    event = chat.make.text(PRIVATE, user)
    answer = chat.answer(user, event)
    before = rows(chat, "SELECT count(*) FROM line_cases")[0][0]
    log = chat.settings.data_dir / "kotowari.db-wal"
    chat.post(chat.make.unsend(event["message"]["id"], user))
    assert until(lambda: rows(chat, "SELECT count(*) FROM line_cases")[0][0] == before - 1)
    assert until(lambda: log.stat().st_size == 0)
    assert "もう残っていません" in words(chat.tap("短く", user, answer))


def test_unsending_one_bubble_takes_the_joined_answer_along(chat: Chat, user: str) -> None:
    first, second = chat.make.text("はじめまして。", user), chat.make.text(PRIVATE, user)
    answer = chat.answer(user, first, second)
    chat.post(chat.make.unsend(second["message"]["id"], user))
    time.sleep(1)
    assert "もう残っていません" in words(chat.tap("短く", user, answer))


def test_a_message_unsent_before_it_is_answered_is_not_answered(chat: Chat, user: str) -> None:
    event = chat.make.text(PRIVATE, user)
    chat.post(event)
    chat.post(chat.make.unsend(event["message"]["id"], user))
    time.sleep(3)
    assert chat.line.ledger.to(user) == []


def test_an_unsend_that_overtakes_its_message_holds(chat: Chat, user: str) -> None:
    event = chat.make.text(PRIVATE, user)
    chat.post(chat.make.unsend(event["message"]["id"], user), event)
    chat.post(redelivered(event))
    time.sleep(3)
    assert chat.line.ledger.to(user) == []
    assert rows(chat, "SELECT count(*) FROM line_events WHERE state = 'waiting'") == [(0,)]


def test_who_blocks_the_account_is_forgotten(chat: Chat, user: str) -> None:
    chat.ask("ココナラの、契約後です", user)
    late = chat.make.text("あとから届く前のメッセージです。", user)
    answer = chat.ask(PRIVATE, user)
    chat.post(chat.make.unfollow(user))
    time.sleep(1)
    chat.post(late)
    time.sleep(2.5)
    assert len(chat.line.ledger.to(user)) == 2
    assert "もう残っていません" in words(chat.tap("短く", user, answer))
    assert "ココナラ" not in words(chat.ask(PRIVATE, user))


def test_the_history_is_deleted_on_request_after_one_question(chat: Chat, user: str) -> None:
    answer = chat.ask(PRIVATE, user)
    question = chat.ask("履歴を削除", user)
    assert "役に立った" in dict(buttons(answer))
    done = chat.tap("削除する", user, question)
    assert "削除" in words(done)
    assert "もう残っていません" in words(chat.tap("短く", user, answer))


def test_no_log_line_tells_who_or_what(chat: Chat, user: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    event = chat.make.text(PRIVATE, user)
    chat.line.account.spend(event["replyToken"])
    chat.answer(user, event, {"type": "new", "text": PRIVATE}, {"type": PRIVATE, "webhookEventId": user})
    settings = chat.settings
    secrets = (settings.line_channel_secret, settings.line_channel_access_token, event["replyToken"], user, PRIVATE[:9])
    told = [record.getMessage() + str(record.args) for record in caplog.records if record.name != "tests"]
    assert [line for line in told for secret in secrets if secret in line] == []


def test_the_key_file_is_its_owners_alone(chat: Chat) -> None:
    assert (chat.settings.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600
    assert chat.settings.data_dir.stat().st_mode & 0o777 == 0o700
