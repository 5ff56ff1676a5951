"""LINE when the service is told to stop while an answer cannot get through."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import read_settings
from service.wiring.parts import Parts
from tests.fakes.line_account import Account
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import running
from tests.fakes.line_signature import signed_headers, webhook_body


def test_what_could_not_be_sent_before_the_stop_is_sent_after_the_next_start(
    book: Book, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    with running(Account(quota=None)) as line:
        settings = read_settings({**line.environment, "KOTOWARI_DATA_DIR": str(tmp_path / "data")})
        line.faults.chance("reply", 1.0, Fault("server_error", "before"))
        body = webhook_body(Events(line.account).text("ヘルプ", user_id(1)))
        with TestClient(create_app(Parts(settings, Consultant(book)))) as service:
            headers = signed_headers(body, line.account.channel_secret)
            assert service.post("/line/webhook", content=body, headers=headers).status_code == 200
            assert line.ledger.wait(lambda ledger: ledger.count("reply") > 1)
        line.faults.clear()
        with TestClient(create_app(Parts(settings, Consultant(book)))):
            assert [each.channel for each in line.ledger.wait_for(1, 20)] == ["reply"]
    assert [record for record in caplog.records if record.exc_info] == []
