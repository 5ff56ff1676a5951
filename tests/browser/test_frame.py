"""What holds for every page: kind problem pages, no other host, the weight of the first load, no barrier."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright._impl._api_structures import RequestSizes
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, OpenPage

LIGHTEST_LINE = 60 * 1024  # bytes of a first load, over the wire
ASK = "契約前ですが、LINEを交換しませんか。登録料を先にお振り込みください。"


def test_a_page_that_is_not_there_is_told_kindly(open_page: OpenPage, chat: str) -> None:
    page = open_page(f"{chat}/nowhere")
    assert page.get_by_role("heading", level=1).inner_text() == "ページが見つかりません"
    assert page.get_by_role("link", name="相談のページへ").get_attribute("href") == "/"


def test_the_style_of_the_page_is_let_in_by_its_own_policy(open_page: OpenPage, chat: str) -> None:
    page = open_page(f"{chat}/nowhere", locale="en-GB")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") == "14px"
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_the_first_load_is_light_and_stays_at_home(open_page: OpenPage, chat: str, path: str) -> None:
    page = open_page("about:blank")
    hosts: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: hosts.append(request.url))
    page.on("requestfinished", lambda request: sizes.append(weigh(request.sizes())))
    page.goto(chat + path, wait_until="networkidle")
    assert len(sizes) >= 4 and all(url.startswith((chat, "data:")) for url in hosts)
    assert sum(sizes) <= LIGHTEST_LINE, f"{path}: {sum(sizes)} bytes"


def weigh(sizes: RequestSizes) -> int:
    """Return what a response weighed over the wire, headers too."""
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.parametrize(("locale", "scheme"), [("ja-JP", "light"), ("en-US", "dark")])
@pytest.mark.parametrize("path", ["/docs", "/nowhere"])
def test_no_barrier_beside_the_chat(open_page: OpenPage, chat: str, path: str, locale: str, scheme: str) -> None:
    assert find_barriers(open_page(chat + path, locale=locale, color_scheme=scheme, viewport=PHONE)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_no_barrier_in_the_chat(open_page: OpenPage, chat: str, locale: str, scheme: str) -> None:
    page = open_page(chat, locale=locale, color_scheme=scheme)
    assert find_barriers(page) == []
    page.locator("#text").fill(ASK)
    page.locator(".send").click()
    page.locator(".answer").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert find_barriers(page) == []


def find_barriers(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA and its best practices, with the place."""
    options = {
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }  # 2.2's own rule is off at first
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
