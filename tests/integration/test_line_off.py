"""Without LINE's credentials: the webhook says what is missing, and everything else runs."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts

ASK = "契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (Settings(), "LINE_CHANNEL_SECRET · LINE_CHANNEL_ACCESS_TOKEN"),
        (Settings(line_channel_secret="s"), "LINE_CHANNEL_ACCESS_TOKEN"),
        (Settings(line_channel_access_token="t"), "LINE_CHANNEL_SECRET"),
    ],
)
def test_the_webhook_says_which_are_missing_and_the_rest_runs(book: Book, settings: Settings, missing: str) -> None:
    with TestClient(create_app(Parts(settings, Consultant(book)))) as service:
        answer = service.post("/line/webhook", content=b'{"events":[]}')
        assert (answer.status_code, answer.json()["error"]["message"]) == (503, f"LINEの設定が足りません: {missing}")
        assert service.get("/readyz").status_code == 200
        assert service.post("/api/advice", json={"text": ASK}).status_code == 200
