"""A real browser before the running service: one Chromium for the whole run, a fresh profile for every test."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, sync_playwright

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts

CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}

Serve = Callable[[FastAPI], Any]
OpenPage = Callable[..., Page]


@contextmanager
def serve_app(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; give its address, without a slash at the end."""
    config = uvicorn.Config(app, port=0, log_level="critical", access_log=False, proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="package")
def chat(book: Book) -> Iterator[str]:
    """The address of a service whose answers are the rules' own."""
    with serve_app(create_app(Parts(Settings(rate_limit=0), Consultant(book)))) as address:
        yield address


@pytest.fixture(scope="package")  # not the session: Playwright's loop would be in the way of other tests
def browser() -> Iterator[Browser]:
    """The browser; skip where there is none, unless everything is required."""
    if not CHROMIUM.exists():
        if os.environ.get("KOTOWARI_TESTS_REQUIRE") == "all":
            pytest.fail(f"no browser at {CHROMIUM}, and KOTOWARI_TESTS_REQUIRE=all")
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a profile of its own: `open_page(url, width=…, **options of the context)`."""
    contexts: list[BrowserContext] = []

    def open_in_new_profile(url: str, **options: Any) -> Page:
        defaults: dict[str, Any] = {"viewport": DESKTOP, "locale": "ja-JP", "reduced_motion": "reduce"}
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(8_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_in_new_profile
    for context in contexts:
        context.close()


def watch(page: Page, address: str) -> list[str]:
    """Return a list that fills with what must not happen: calls of hit, dialogs, requests elsewhere, refused policies."""
    seen: list[str] = []
    page.expose_function("hit", lambda: seen.append("script ran"))

    def note_dialog(dialog: Dialog) -> None:
        seen.append("dialog")
        dialog.dismiss()

    def note_request(request: Request) -> None:
        if not request.url.startswith(address):
            seen.append(request.url)

    page.on("dialog", note_dialog)
    page.on("console", lambda message: seen.append(message.text))
    page.on("request", note_request)
    return seen
