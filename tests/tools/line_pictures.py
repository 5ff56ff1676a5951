"""Draw what a worker sees in LINE, to look at; needs Debian's chromium and its Noto fonts.

`uv run python -m tests.tools.line_pictures FOLDER` draws every case, `… --readme` the README's picture.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from service.adapters.line_texts import read_talk
from service.consultation import Book, consult
from service.guard.reply import admit_template
from service.intake.message import make_message
from service.rendering.line.reply import render_draft, render_reply
from service.wiring.book import load_book
from tests.measure import AS_OF
from tests.tools.flex_html import Json, draw_page

CHROMIUM = "/usr/bin/chromium"
PICTURE = Path(__file__).parents[1] / "pictures" / "line.jpg"
_LONG = (
    "LINE追加後、副業サポーターがお電話で30分ご説明→初期マニュアル代1,980円のお支払いで即スタート。"
    "免許証の写真もお送りください。運営の許可は申請中です。PayPayで直接お支払いします。本日中にお返事ください。"
)
CASES: dict[str, tuple[str, str, str]] = {
    "danger": (_LONG, "crowdworks", "before_contract"),
    "against_rules": ("契約前ですが、一度Zoomで15分ほどお話しできますか？", "crowdworks", "before_contract"),
    "caution": ("運営の承認をいただいたので、Zoomで打ち合わせをお願いします。", "crowdworks", "after_contract"),
    "depends": ("今後のやり取りはLINEで行いますので、友だち追加をお願いします。", "crowdworks", "unknown"),
    "ok": (
        "納品ありがとうございました。修正はありません。次回もよろしくお願いします。",
        "crowdworks",
        "after_contract",
    ),
    "english": ("Could we have a quick call on Google Meet this week?", "upwork", "before_contract"),
    "deed": ("身分証の写真を送ってしまいました。どうしたらいいですか。", "lancers", "unknown"),
}


def draw_cases(book: Book) -> Iterator[tuple[str, list[Json]]]:
    """Yield a name and the messages for every verdict, the longest answer, and the account's own words."""
    for name, (text, platform, stage) in CASES.items():
        reply = admit_template(consult(make_message(text, as_of=AS_OF, platform=platform, stage=stage), book))
        joined = 3 if name == "danger" else 1
        messages = render_reply(reply, text=text, key="demo", joined=joined)
        yield name, messages + (render_draft(reply.drafts[1], reply, key="demo") if len(reply.drafts) > 1 else [])
    talk = read_talk(Path(__file__).parents[2] / "prompts")
    yield "greeting", [*talk.greet(30, True), *talk.help_text()]
    yield "words", [*talk.say("choose_done"), *talk.say("choose_platform"), *talk.say("image"), *talk.say("ask_forget")]


def take_pictures(page: Page, folder: Path) -> None:
    """Write a picture a case and theme; stop where anything stands wider than its place."""
    for name, messages in draw_cases(load_book()):
        for theme in ("light", "dark"):
            page.set_content(draw_page(messages, dark=theme == "dark"))
            clipped = page.evaluate(
                "[...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
                ".map(e => e.textContent.slice(0, 40))"
            )
            if clipped:
                raise SystemExit(f"{name}: clipped at 360 px: {clipped}")
            page.screenshot(path=folder / f"{name}-{theme}.png", full_page=True)


def take_readme_picture(page: Page) -> None:
    """Write the card and its draft side by side."""
    card, draft = dict(draw_cases(load_book()))["against_rules"][:2]
    page.set_content(draw_page([card], [draft]))
    page.add_style_tag(content=".alt { display: none }")
    page.locator("body").screenshot(path=PICTURE, type="jpeg", quality=70)


def main() -> None:
    """Draw everything into the folder named on the command line, or the README's picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if sys.argv[1] == "--readme":
            take_readme_picture(browser.new_page(viewport={"width": 720, "height": 640}, device_scale_factor=1.2))
        else:
            folder = Path(sys.argv[1])
            folder.mkdir(parents=True, exist_ok=True)
            take_pictures(browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2), folder)
        browser.close()


if __name__ == "__main__":
    main()
