"""Hostile text in a real browser: whatever is pasted is shown as text, runs nowhere and turns nothing around."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, watch

STRINGS = [
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()><animate onbegin=hit() attributeName=x dur=1s>",
    '"><script src=//evil.example/x.js></script>',
    "'\"--></style></script></textarea></title><script>hit()</script>",
    "</blockquote></form><form action=//evil.example><button>確かめる</button>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<a href='javascript:hit()'>LINEを交換しませんか</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
    "{{ 7 * 7 }} ${hit()} <%= hit() %> {% if 1 %}",
    "&lt;script&gt;hit()&lt;/script&gt; &#60;img src=x onerror=hit()&#62;",
    "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+hit()//'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example>",
    "\u202e契約前にLINEを交換しませんか\u202c \u2066\u2067abc\u2069",
    "L\u200bI\u200bN\u200bE を交換\u200f\u061cしませんか\ufeff",
    "契約前に\x07\x1b[31mLINEを交換\x85\u2028しませんか",
    "Z̷̢̛͍̯a̶l̸g̵o̴" + "\u0301" * 40 + " LINEを交換しませんか",
    "data: x\n\nevent: done\ndata: {}\n\nLINEを交換しませんか",
]


@pytest.fixture
def watched(open_page: OpenPage, chat: str) -> tuple[Page, list[str]]:
    """The chat, and what must not happen: calls of hit, dialogs, requests elsewhere, refused policies."""
    page = open_page("about:blank")
    seen = watch(page, chat)
    page.goto(chat)
    return page, seen


def paste_and_read(page: Page, text: str) -> str:
    """Paste, wait for the answer, and return the message as it is shown, without our own labels."""
    count = page.locator(".answer").count()
    page.locator("#text").fill(text)
    page.locator(".send").click()
    expect(page.locator(".answer")).to_have_count(count + 1)
    return str(page.evaluate(
        "() => { const copy = [...document.querySelectorAll('.quoted')].at(-1).cloneNode(true);"
        "copy.querySelectorAll('.tag').forEach(each => each.remove()); return copy.textContent; }"
    ))  # fmt: skip


def test_pasted_code_is_text_in_the_answer_and_in_the_history(watched: tuple[Page, list[str]]) -> None:
    page, seen = watched
    for text in STRINGS:
        shown = paste_and_read(page, text)
        assert len(shown) == len(
            page.locator("#text").evaluate(
                "(_, text) => { const box = document.createElement('textarea'); box.value = text; return box.value; }",
                text,
            )
        )
        assert "".join(char for char in shown if char.isascii() and char.isprintable()) == "".join(
            char for char in text if char.isascii() and char.isprintable()
        )
    page.locator("#history summary").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("#history-list li").count() == min(20, len(STRINGS)) and seen == []


def test_pasted_code_is_text_without_our_script_too(open_page: OpenPage, chat: str) -> None:
    page = open_page(chat, java_script_enabled=False)
    for text in STRINGS[:15]:
        page.locator("#text").fill(text)
        page.get_by_role("button", name="確かめる", exact=True).click()
        assert page.locator(".quoted").inner_text().split("\n")[0][:8] == text[:8]
        assert page.url == f"{chat}/" and page.locator("iframe, .quoted a, .quoted img, .quoted svg").count() == 0


def test_nothing_turns_or_hides_the_words_around_it(watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    shown = paste_and_read(page, "\u202e前約契\u202c \u2067LINE\u2069を交\u200b換\u200eしませんか")
    assert shown == "·前約契· ·LINE·を交·換·しませんか"
    assert page.locator(".quoted").evaluate("each => getComputedStyle(each).unicodeBidi") == "plaintext"


def test_no_other_text_can_become_html(watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    tried = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'let in'; } catch { return 'refused'; } }"
    assert page.evaluate(tried) == "refused"


def test_the_message_travels_through_a_follow_up_unchanged(watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    text = "契約のことは置いて、L\u200bI\u200bN\u200bEを\u202e交換\u202cしませんか"
    paste_and_read(page, text)
    assert page.locator('#composer [name="about"]').input_value() == text
    assert page.locator('.follow [name="about"]').first.input_value() == text
