"""The operator's desk in a real browser: no barrier, nothing wider than a phone, hostile text is text, a line is copied."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from service.adapters.days import day_of
from service.adapters.operator_sessions import OperatorSessions
from service.app import create_app
from service.channels.operator.gate import Gate
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts, build_parts
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, serve_app, watch
from tests.browser.test_frame import find_barriers
from tests.browser.test_hostile import STRINGS
from tests.tools.fill_desk import make_observations

ROOT = Path(__file__).parents[2]
TOKEN = "correct horse battery staple"
PATHS = ("/operator/", "/operator/cases", "/operator/cases/evil?about=ask:call&expect=todo", "/operator/rules?site=crowdworks",
         "/operator/rules/sources", "/operator/rules/coverage", "/operator/rules/changes", "/operator/try")  # fmt: skip


@dataclass(frozen=True)
class Running:
    """A running desk with thirty days of answers, and a case made of hostile text."""

    address: str
    parts: Parts
    rules: Path


@pytest.fixture(scope="package")
def desk(book: Book) -> Iterator[Running]:
    """The desk of this folder's tests."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        shutil.copytree(ROOT / "rules", rules)
        settings = Settings(operator_token=TOKEN, data_dir=Path(folder) / "data", rules_dir=rules)
        parts = build_parts(settings, book)
        today = day_of(parts.clock())
        observer: Any = parts.consultant.observer
        seen = list(make_observations(book, today))
        evil = replace(seen[-1], id="evil", unclear="nothing_found", text="LINEを教えてください\n" + "\n".join(STRINGS))
        for observation in (*seen, evil):
            observer.record(observation)
        observer.flush()
        with serve_app(create_app(parts)) as address:
            yield Running(address, parts, rules)


def log_in(page: Page, token: str = TOKEN) -> None:
    """Fill in the login form by the keyboard alone."""
    page.keyboard.type(token)  # the field has the focus
    page.keyboard.press("Enter")


@pytest.fixture
def enter(open_page: OpenPage, desk: Running) -> Any:
    """Open a page of the desk with a session that is open already."""

    def open_inside(path: str, **options: Any) -> Page:
        page = open_page("about:blank", **options)
        database = desk.parts.database
        assert database
        visitor = Gate(TOKEN, OperatorSessions(database), desk.parts.clock).enter()
        page.context.add_cookies([{"name": "kotowari_operator", "value": visitor, "url": f"{desk.address}/operator"}])
        page.goto(desk.address + path)
        return page

    return open_inside


def open_details(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


@pytest.mark.parametrize(("scheme", "paths"), [("light", PATHS), ("dark", (PATHS[0], PATHS[2], PATHS[6]))])
def test_no_barrier_on_any_page(enter: Any, desk: Running, scheme: str, paths: Sequence[str]) -> None:
    page, found = enter("/operator/", color_scheme=scheme, viewport=PHONE), {}
    for path in paths:
        page.goto(desk.address + path)
        open_details(page)
        found[path] = find_barriers(page)
    assert found == {path: [] for path in paths}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_no_page_is_wider_than_its_screen(enter: Any, desk: Running, viewport: dict[str, int]) -> None:
    page, found = enter("/operator/", viewport=viewport), {}
    for path in PATHS:
        page.goto(desk.address + path)
        open_details(page)
        found[path] = page.evaluate("document.documentElement.scrollWidth")
    assert found == {path: viewport["width"] for path in PATHS}


def test_the_login_has_no_barrier_and_tells_a_wrong_token(open_page: OpenPage, desk: Running) -> None:
    page = open_page(f"{desk.address}/operator/", viewport=PHONE)
    assert page.url.endswith("/operator/login") and find_barriers(page) == []
    log_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("合言葉が違います")
    assert "wrong" not in page.url and find_barriers(page) == []


def test_after_the_logout_the_desk_is_closed_and_going_back_shows_nothing(open_page: OpenPage, desk: Running) -> None:
    page = open_page(f"{desk.address}/operator/login")
    log_in(page)
    page.wait_for_url("**/operator/")
    page.get_by_role("button", name="ログアウト").click()
    page.wait_for_url("**/operator/login")
    page.go_back()
    page.wait_for_url("**/operator/login")
    assert page.locator(".tiles").count() == 0


def test_a_form_whose_seal_is_not_its_own_is_refused(enter: Any) -> None:
    page = enter("/operator/try")
    page.evaluate("document.querySelectorAll('[name=seal]').forEach(each => { each.value = 'f'.repeat(64); })")
    page.fill("#text", "LINEを教えてください")
    page.get_by_role("button", name="試す", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("この操作は受け付けられませんでした")


@pytest.fixture
def watched(enter: Any, desk: Running) -> tuple[Page, list[str]]:
    """A page inside, and what must not happen: scripts of others, dialogs, requests elsewhere, refused policies."""
    page: Page = enter("/operator/")
    seen = watch(page, desk.address)
    return page, seen


def test_hostile_text_is_text_on_every_page_and_in_the_export(watched: tuple[Page, list[str]], desk: Running) -> None:
    page, seen = watched
    for path in PATHS:
        page.goto(desk.address + path)
        page.wait_for_load_state("networkidle")
    page.goto(desk.address + PATHS[2])
    shown = page.locator("blockquote").inner_text()
    assert all(text in shown for text in STRINGS[:15]) and seen == []
    line = page.locator("#snippet").inner_text()
    assert "\\u202e" in line and not {"\u202e", "\u2066", "\u200b", "\ufeff"} & set(shown + line)


def test_hostile_text_in_the_try_it_box_is_text(watched: tuple[Page, list[str]], desk: Running) -> None:
    page, seen = watched
    for text in STRINGS[:15]:
        page.goto(f"{desk.address}/operator/try")
        page.fill("#text", f"LINEを教えてください {text}")
        page.get_by_role("button", name="試す", exact=True).click()
        expect(page.get_by_role("heading", name="判定")).to_be_visible()
        assert page.locator("#text").input_value() == f"LINEを教えてください {text}"
    assert seen == []


def test_a_case_becomes_a_line_to_copy(enter: Any, desk: Running) -> None:
    page = enter("/operator/cases")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.address)
    page.locator(".case", has_text="<script>hit()").get_by_role("link").click()
    page.get_by_label("この文について").select_option("ask:line_exchange")
    page.get_by_role("button", name="見本の1行を作る").click()
    page.get_by_role("button", name="コピー").click()
    expect(page.get_by_role("status")).to_have_text("コピーしました")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# rules/facts/line_exchange.yaml") and "<script>hit()</script>" in copied


def test_a_case_is_written_only_with_the_box_ticked(enter: Any, desk: Running) -> None:
    file = desk.rules / "facts" / "call.yaml"
    page, before = enter(PATHS[2]), file.read_text(encoding="utf-8")
    page.get_by_role("button", name="rules/facts/call.yaml に書き込む").click()
    assert file.read_text(encoding="utf-8") == before  # the browser asks for the tick
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="rules/facts/call.yaml に書き込む").click()
    expect(page.get_by_role("status").first).to_contain_text("書き込みました")
    assert "<script>hit()</script>" in yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]["todo"][-1]


def test_every_bar_stands_out_from_its_ground(enter: Any) -> None:
    """The colours of the charts' marks have a contrast of at least 3:1, by light and by dark."""
    for scheme in ("light", "dark"):
        page = enter("/operator/", color_scheme=scheme)
        pairs = page.evaluate(
            "[...document.querySelectorAll('.chart')].flatMap(chart => [...chart.querySelectorAll('.bar .rect')].map("
            "bar => [getComputedStyle(bar).fill, getComputedStyle(chart).backgroundColor].join('|')))"
        )
        ratios = {pair: contrast(*(read_colour(each) for each in pair.split("|"))) for pair in set(pairs)}
        assert len(ratios) >= 8 and {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def read_colour(text: str) -> tuple[float, ...]:
    """Return the parts of `rgb(…)` between 0 and 1."""
    return tuple(int(part) / 255 for part in text[4:-1].split(","))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the contrast of two colours as WCAG defines it."""
    light, dark = sorted((_shine(one), _shine(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _shine(colour: tuple[float, ...]) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
