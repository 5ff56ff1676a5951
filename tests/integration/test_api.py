"""`POST /api/advice` and the health pages, over HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from service.__main__ import main
from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts
from tests.fakes.worders import FailingWorder

TEXT = "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"
DAY = "2026-11-23"


def make_parts(book: Book) -> Parts:
    """Return the parts of a service that keeps nothing."""
    return Parts(Settings(), Consultant(book))


@pytest.fixture(scope="module")
def client(book: Book) -> Iterator[TestClient]:
    """A browser before the running service."""
    with TestClient(create_app(make_parts(book))) as running:
        yield running


def ask(client: TestClient, **body: Any) -> Any:
    """Send a question and return the response."""
    return client.post("/api/advice", json={"text": TEXT, "as_of": DAY, **body})


def test_the_answer_is_the_contracts_result(client: TestClient) -> None:
    response = ask(client, platform="crowdworks", stage="before_contract")
    result = response.json()
    assert response.status_code == 200 and result["verdict"] == "against_rules"
    assert TEXT[result["asks"][0]["start"] : result["asks"][0]["end"]] == result["asks"][0]["quote"]
    assert "branches" not in result and result["wording"] == "template"


def test_the_web_and_the_terminal_say_the_same(client: TestClient, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check", TEXT, "--json", "--as-of", DAY])
    assert ask(client).json() == json.loads(capfdbinary.readouterr().out)


def test_the_same_question_gets_the_same_bytes(client: TestClient) -> None:
    assert ask(client).content == ask(client).content


def test_a_model_that_is_not_there_leaves_the_template(client: TestClient) -> None:
    assert ask(client, wording="model").json()["wording"] == "template"


def test_nothing_is_held_against_an_empty_option(client: TestClient) -> None:
    assert ask(client, platform=None, stage=None, register=None, other=1).status_code == 200


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[]", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"{}", "「text」がありません"),
        (b'{"text": null}', "「text」"),
        (b'{"text": 5}', "「text」"),
        (b'{"text": ""}', "空です"),
        (b'{"text": " \\u3000\\n"}', "空です"),
        (b'{"text": "\\u0000"}', "読み取れません"),
        (b'{"text": "\\ud800"}', "読み取れません"),
        (b'{"text": "' + b"a" * 10_001 + b'"}', "長すぎます"),
        (b'{"text": "a", "platform": "mixi"}', "mixi"),
        (b'{"text": "a", "stage": "later"}', "later"),
        (b'{"text": "a", "stage": 1}', "「stage」"),
        (b'{"text": "a", "as_of": "1900-01-01"}', "古すぎます"),
        (b'{"text": "a", "as_of": "2026/11/23"}', "2026-11-23"),
        (b'{"text": "a", "register": "rude"}', "rude"),
        (b'{"text": "a", "wording": "poem"}', "wording"),
    ],
)
def test_bad_input_is_told_in_japanese(client: TestClient, body: bytes, told: str) -> None:
    response = client.post("/api/advice", content=body)
    message = response.json()["error"]["message"]
    assert response.status_code == 422 and told in message
    assert any("ぁ" <= char <= "ん" for char in message)


def test_a_body_of_exactly_the_limit_is_read_and_one_more_byte_is_not(client: TestClient) -> None:
    whole = b'{"text": "a", "x": "' + b"x" * ((1 << 20) - 22) + b'"}'
    assert len(whole) == 1 << 20
    assert client.post("/api/advice", content=whole).status_code == 200
    assert client.post("/api/advice", content=whole + b" ").status_code == 413


def test_a_body_that_hides_its_length_is_counted(client: TestClient) -> None:
    response = client.post("/api/advice", content=iter([b" " * 600_000] * 2))
    assert response.status_code == 413 and "1MB" in response.json()["error"]["message"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/advice", 405), ("GET", "/none", 404)])
def test_what_is_not_there_is_told_in_japanese(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status and "せん" in response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/healthz", "/none", "/docs"])
def test_every_answer_carries_the_safety_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"] and "http" not in headers["content-security-policy"]


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200


def test_without_its_store_it_is_alive_but_not_ready(book: Book, tmp_path: Path) -> None:
    gone = create_engine(f"sqlite:///{tmp_path}/missing/kotowari.db")
    with TestClient(create_app(replace(make_parts(book), database=gone))) as running:
        assert (running.get("/healthz").status_code, running.get("/readyz").status_code) == (200, 503)


def test_figures_are_told_for_prometheus(client: TestClient) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200 and "kotowari_answers_total" in response.text


def test_a_fault_is_told_without_a_word_of_the_text(caplog: pytest.LogCaptureFixture, book: Book) -> None:
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(Parts(Settings(), Consultant(book, FailingWorder(TEXT))))) as running:
        response = running.post("/api/advice", json={"text": TEXT, "wording": "model"})
    assert response.status_code == 500 and "不具合" in response.json()["error"]["message"]
    assert "advice_failed" in caplog.text and "Zoom" not in caplog.text


def test_the_description_names_every_word_and_an_example(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/advice"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema["properties"]["platform"]["enum"][0] == "crowdworks" and schema["examples"]
    assert set(operation["responses"]) >= {"200", "413", "422"}
