"""The guards around every route: limits per address, faults without words, headers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings, read_settings
from service.wiring.parts import Parts

TEXT = "契約前にLINEを交換しませんか"
BROWSER = {"Accept": "text/html,*/*"}


def make_client(book: Book, **settings: Any) -> TestClient:
    """Return a caller of a service with these settings."""
    return TestClient(create_app(Parts(Settings(**settings), Consultant(book))), client=("203.0.113.5", 5))


@pytest.fixture
def limited(book: Book) -> Iterator[TestClient]:
    """A service that takes two requests a minute."""
    with make_client(book, rate_limit=2) as client:
        yield client


def ask(client: TestClient, **headers: str) -> Any:
    """Send a question and return the response."""
    return client.post("/api/advice", json={"text": TEXT}, headers=headers)


def test_who_asks_too_often_is_told_when_to_come_back(limited: TestClient) -> None:
    assert [ask(limited).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(limited)
    assert 0 < int(refused.headers["retry-after"]) <= 30
    assert "秒ほどたってから" in refused.json()["error"]["message"]


def test_a_forwarded_address_is_not_believed_from_a_stranger(limited: TestClient) -> None:
    codes = [ask(limited, **{"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in range(3)]
    assert codes == [200, 200, 429]


def test_a_forwarded_address_is_believed_from_a_known_proxy(book: Book) -> None:
    with make_client(book, rate_limit=1, trusted_proxies="203.0.113.0/24") as client:
        codes = [ask(client, **{"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in (1, 2, 2)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize(
    ("given", "read"), [("10.0.0.0/8, ::1", "10.0.0.0/8,::1/128"), ("", ""), ("10.1.2.3/8", ""), ("*", "")]
)
def test_proxies_are_addresses_or_networks(given: str, read: str) -> None:
    settings = read_settings({"KOTOWARI_TRUSTED_PROXIES": given})
    assert settings.trusted_proxies == read and bool(settings.problems) == (bool(given) and not read)


def test_no_limit_where_none_is_wanted(book: Book) -> None:
    with make_client(book, rate_limit=0) as client:
        assert {ask(client).status_code for _ in range(100)} == {200}


def test_reading_pages_is_not_counted(limited: TestClient) -> None:
    assert {limited.get("/healthz").status_code for _ in range(5)} == {200}


def test_a_fault_is_told_kindly_and_logged_without_words(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Parts(Settings(), Consultant(book)))

    @app.get("/faulty")
    async def fail() -> None:
        raise ValueError("田中さんの秘密")

    with TestClient(app) as client, caplog.at_level(logging.ERROR):
        response = client.get("/faulty", headers=BROWSER | {"Accept-Language": "ja"})
    assert response.status_code == 500 and "うまく答えられませんでした" in response.text
    assert "request_failed kind=ValueError" in caplog.text and "秘密" not in caplog.text


def test_no_other_site_is_let_in(limited: TestClient) -> None:
    preflight = limited.options(
        "/api/advice", headers={"Origin": "https://example.com", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 405 and "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-origin" not in ask(limited, Origin="https://example.com").headers


@pytest.mark.parametrize(
    ("accept", "language"),
    [("en-US,en;q=0.9", "en"), ("ja,en;q=0.8", "ja"), ("fr-FR,en;q=0.5", "en"), ("", "ja"), ("de", "ja"), ("en;q=0, ja;q=0.1", "ja"),
     ("en;q=x", "ja")],
)  # fmt: skip
def test_the_browsers_language_chooses(limited: TestClient, accept: str, language: str) -> None:
    page = limited.get("/none", headers=BROWSER | {"Accept-Language": accept})
    assert page.status_code == 404 and f'<html lang="{language}">' in page.text


def test_static_files_are_kept_for_good_and_others_are_not(limited: TestClient) -> None:
    page = limited.get("/none", headers=BROWSER)
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    style = limited.get(address)
    assert style.headers["cache-control"].endswith("immutable") and style.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store" and limited.get("/static/base.css").status_code == 404
