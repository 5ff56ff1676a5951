"""The chat in a real browser: paste, verdict, copy, follow-up, tone; by keyboard; without script; the history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.settings import Settings
from service.wiring.parts import Parts
from tests.browser.conftest import PHONE, OpenPage, serve_app
from tests.fakes.worders import BRIDGE, LEAD, PolishingWorder

OPEN = "契約のことは置いておいて、Chatworkでやり取りしましょう。IDを教えてください。"
ASK = "契約前ですが、LINEを交換しませんか"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def page(open_page: OpenPage, chat: str) -> Page:
    """The chat on a phone."""
    return open_page(chat, viewport=PHONE, permissions=CLIPBOARD)


def ask(page: Page, text: str) -> None:
    """Paste a text, send it and wait for the answer."""
    count = page.locator(".answer").count()
    page.locator("#text").fill(text)
    page.locator(".send").click()
    expect(page.locator(".answer")).to_have_count(count + 1)


def test_paste_read_copy_follow_up_and_change_the_tone(page: Page) -> None:
    ask(page, OPEN)
    expect(page.locator(".head .badge")).to_contain_text("状況次第")
    page.get_by_role("button", name="契約前です").click()
    expect(page.locator(".head .badge").nth(1)).to_contain_text("規約違反")
    last = page.locator(".exchange").last
    last.get_by_role("button", name="コピー").first.click()
    draft = last.locator(".draft textarea").first.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == draft and "控えております" in draft
    expect(page.locator("#status")).to_have_text("コピーしました")
    last.get_by_role("button", name="短め").click()
    expect(last.get_by_role("button", name="短め")).to_have_attribute("aria-pressed", "true")
    assert len(last.locator(".draft textarea").first.input_value()) < len(draft)


def test_the_clients_own_words_are_marked_where_they_stand(page: Page) -> None:
    ask(page, OPEN)
    assert (
        page.locator(".quoted mark").all_inner_texts() == ["Chatworkでやり取り"] or page.locator(".quoted mark").count()
    )
    assert OPEN in page.evaluate("() => { const copy = document.querySelector('.quoted').cloneNode(true);"
                                 "copy.querySelectorAll('.tag').forEach(each => each.remove()); return copy.textContent; }")  # fmt: skip


def test_site_and_stage_are_one_tap_each(page: Page) -> None:
    page.get_by_role("radio", name="ランサーズ").check()
    page.get_by_role("radio", name="契約前").check()
    ask(page, "Zoomで面談できますか")
    expect(page.locator(".where")).to_have_text("ランサーズ・契約前")


def test_words_go_on_where_the_talk_stands(page: Page) -> None:
    ask(page, OPEN)
    for words, told in (("契約後です", "契約後"), ("ココナラです", "ココナラ・契約後")):
        ask(page, words)
        expect(page.locator(".where").last).to_contain_text(told)
    ask(page, "もっとやわらかく")
    expect(page.locator(".switch").last.get_by_role("button", name="やわらかめ")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_what_has_happened_is_one_tap_away(page: Page) -> None:
    ask(page, ASK)
    page.get_by_role("button", name="もう、LINEを追加した").click()
    expect(page.locator(".summary").last).to_contain_text("返信を止めてブロックしましょう")


def test_every_draft_has_its_tab(page: Page) -> None:
    ask(page, ASK)
    for number, tab in enumerate(page.locator(".tabs label").all()):
        tab.click()
        assert [each.is_visible() for each in page.locator(".draft").all()].index(True) == number
    assert page.locator(".tabs label").all_inner_texts()[:2] == ["お断り", "申請のお願い"]


def test_an_edited_draft_is_copied_as_edited(page: Page) -> None:
    ask(page, ASK)
    page.locator(".draft textarea").first.fill("佐藤様\n控えております。")
    page.get_by_role("button", name="コピー").first.click()
    expect(page.get_by_role("button", name="コピーしました")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "佐藤様\n控えております。"


def test_without_a_clipboard_the_text_is_copied_the_older_way(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    ask(page, ASK)
    page.get_by_role("button", name="コピー").first.click()
    expect(page.get_by_role("button", name="コピーしました")).to_be_visible()


def test_where_nothing_can_be_copied_the_text_is_selected_and_told(page: Page) -> None:
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
    )
    ask(page, ASK)
    page.get_by_role("button", name="コピー").first.click()
    expect(page.get_by_text("そのままコピーしてください").first).to_be_visible()
    box = page.locator(".draft textarea").first
    assert box.evaluate("box => box.selectionEnd - box.selectionStart === box.value.length")


def test_everything_goes_by_keyboard_alone(page: Page) -> None:
    reach(page, "#text")
    page.keyboard.type(ASK)
    page.keyboard.press("Control+Enter")
    page.locator(".answer").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"
    reach(page, "input[type=radio][name^='k-']")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".draft").nth(1)).to_be_visible()
    reach(page, "button.copy")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("コピーしました")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".draft textarea").nth(1).input_value()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_the_page_fits_a_small_phone(page: Page) -> None:
    ask(page, "https://example.com/" + "a" * 300 + " " + ASK)
    page.locator("#history summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#text").fill("あ" * 3_000 + "a" * 3_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_bad_input_is_told_and_stays_in_the_field(page: Page) -> None:
    long = "あ" * 10_001
    page.locator("#text").fill(long)
    expect(page.locator("#count")).to_contain_text("10,001文字")
    page.locator(".send").click()
    expect(page.get_by_role("alert")).to_contain_text("文章が長すぎます")
    assert page.locator("#text").input_value() == long and page.locator(".exchange").count() == 0


def test_a_server_out_of_reach_is_told_and_loses_nothing(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#text").fill(ASK)
    page.locator(".send").click()
    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")
    assert page.locator("#text").input_value() == ASK


def test_who_asks_too_often_is_told_when_to_come_back(open_page: OpenPage, book: Book) -> None:
    with serve_app(create_app(Parts(Settings(rate_limit=1), Consultant(book)))) as address:
        page = open_page(address)
        ask(page, ASK)
        page.locator("#text").fill(OPEN)
        page.locator(".send").click()
        expect(page.get_by_role("alert")).to_contain_text("秒ほどたってから")
        assert page.locator("#text").input_value() == OPEN


def test_the_history_stays_in_this_browser_and_can_be_deleted(page: Page) -> None:
    ask(page, ASK)
    page.reload()
    page.locator("#history summary").click()
    page.get_by_title("もう一度確かめる").click()
    expect(page.locator(".head .badge")).to_contain_text("規約違反")
    assert ASK in page.evaluate("localStorage.getItem('kotowari.history')")
    page.get_by_role("button", name="すべて消す").click()
    assert page.evaluate("localStorage.length") == 0 and page.locator("#history").is_hidden()
    assert page.context.cookies() == []


def test_a_closed_storage_changes_nothing_else(open_page: OpenPage, chat: str) -> None:
    page = open_page("about:blank")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } })")
    page.goto(chat)
    ask(page, ASK)
    expect(page.locator(".head .badge")).to_contain_text("規約違反")


def test_an_example_is_one_tap(page: Page) -> None:
    page.get_by_role("button", name="ツール代の先払いとLINE").click()
    expect(page.locator(".head .badge")).to_contain_text("危険")
    expect(page.get_by_role("link", name="188").first).to_have_attribute("href", "tel:188")


def test_a_new_case_starts_empty(page: Page) -> None:
    ask(page, ASK)
    page.get_by_role("link", name="新しい相談").click()
    expect(page.locator(".examples")).to_be_visible()
    assert page.locator(".exchange").count() == 0 and page.get_by_role("radio", name="指定しない").first.is_checked()


def test_an_opinion_is_taken(page: Page) -> None:
    ask(page, ASK)
    page.get_by_role("button", name="役に立った").click()
    expect(page.locator(".thanks")).to_contain_text("ありがとうございます")


def test_without_script_the_main_job_is_done(open_page: OpenPage, chat: str) -> None:
    page = open_page(chat, java_script_enabled=False, viewport=PHONE)
    page.locator("#text").fill(OPEN)
    page.get_by_role("button", name="確かめる").click()
    assert "状況次第" in page.locator(".head .badge").inner_text() and "状況次第" in page.title()
    page.get_by_role("button", name="契約前です").click()
    assert "規約違反" in page.locator(".head .badge").inner_text()
    page.locator(".tabs label").nth(1).click()
    assert "申請" in page.locator(".draft textarea").nth(1).input_value() and page.locator(".draft").nth(1).is_visible()
    page.get_by_role("button", name="短め").click()
    assert page.get_by_role("button", name="短め").get_attribute("aria-pressed") == "true"


@pytest.fixture(scope="module")
def polished(book: Book) -> Iterator[str]:
    """A service whose wordings come after a while."""
    with serve_app(create_app(Parts(Settings(rate_limit=0), Consultant(book, PolishingWorder(0.6))))) as address:
        yield address


def test_the_rules_answer_is_there_at_once_and_the_wording_replaces_it(open_page: OpenPage, polished: str) -> None:
    page = open_page(polished)
    ask(page, ASK)
    draft = page.locator(".draft textarea").first
    assert BRIDGE not in draft.input_value()
    expect(page.locator(".wording")).to_contain_text("言い回しを整えています")
    expect(page.locator(".lead-in")).to_contain_text(LEAD)
    assert BRIDGE in draft.input_value()
    expect(page.locator(".wording")).to_contain_text("判定は変わりません")


def test_a_draft_in_use_is_not_taken_away(open_page: OpenPage, polished: str) -> None:
    page = open_page(polished)
    ask(page, ASK)
    page.locator(".draft textarea").first.fill("わたしの文面")
    page.get_by_role("button", name="言い回しを整えた文面を見る").wait_for()
    assert page.locator(".draft textarea").first.input_value() == "わたしの文面"
    page.get_by_role("button", name="言い回しを整えた文面を見る").click()
    assert BRIDGE in page.locator(".draft textarea").first.input_value()
