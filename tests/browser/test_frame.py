"""What holds for every page: kind problem pages, own files only, the browser's policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts
from tests.browser.conftest import OpenPage, serve_app


@pytest.fixture(scope="module")
def address(book: Book) -> Iterator[str]:
    """The service of this module."""
    with serve_app(create_app(Parts(Settings(), Consultant(book)))) as address:
        yield address


def test_a_page_that_is_not_there_is_told_kindly(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}/nowhere")
    assert page.get_by_role("heading", level=1).inner_text() == "ページが見つかりません"
    assert page.get_by_role("link", name="相談のページへ").get_attribute("href") == "/"


def test_the_style_of_the_page_is_let_in_by_its_own_policy(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}/nowhere", locale="en-GB")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") == "14px"
    assert page.locator("html").get_attribute("lang") == "en"
