"""Draw the picture of LINE's menu from prompts/line/menu.yaml: `uv run python -m tests.tools.line_menu_picture` (needs chromium)."""

from __future__ import annotations

import hashlib
import struct
import zlib
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from service.adapters.rule_files import read_file
from service.rendering.line.menu import COLUMNS, HEIGHT, ROWS, WIDTH, Menu, parse_menu
from tests.tools.line_pictures import CHROMIUM

PROMPTS = Path(__file__).parents[2] / "prompts"
MARK = b"drawn-from"  # the PNG carries what it was drawn from, so that a test sees when it is out of date
_STYLE = f"""
* {{ box-sizing: border-box; margin: 0 }}
body {{ width: {WIDTH}px; height: {HEIGHT}px; background: #d5dbe3; font-family: "Noto Sans CJK JP", sans-serif }}
.menu {{ display: grid; gap: 4px; width: 100%; height: 100%;
  grid-template: repeat({ROWS}, 1fr) / repeat({COLUMNS}, 1fr) }}
.button {{ background: #ffffff; color: #1f2937; display: flex; flex-direction: column; align-items: center;
  justify-content: center; gap: 26px; text-align: center }}
.button.past {{ background: #fdecea }}
.sign {{ font: 104px "Noto Color Emoji"; line-height: 1.15 }}
.label {{ font-size: 40px; font-weight: 700 }}
"""


def write_page(menu: Menu) -> str:
    """Return the menu as a web page of the picture's size."""
    buttons = "".join(
        f'<div class="button {"past" if button.postback.action == "done" else ""}">'
        f'<div class="sign">{escape(button.sign)}</div><div class="label">{escape(button.label)}</div></div>'
        for button in menu.buttons
    )
    return f'<meta charset="utf-8"><style>{_STYLE}</style><div class="menu">{buttons}</div>'


def fingerprint_page(menu: Menu) -> bytes:
    """Return what a picture drawn from this page is marked with."""
    return hashlib.sha256(write_page(menu).encode()).hexdigest().encode()


def mark_png(png: bytes, mark: bytes) -> bytes:
    """Return a PNG with a text chunk behind its header."""
    end = 8 + 25  # the signature, and the header's chunk
    chunk = b"tEXt" + MARK + b"\0" + mark
    return png[:end] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[end:]


def main() -> None:
    """Draw the picture beside the menu's file."""
    menu = parse_menu(read_file(PROMPTS / "line" / "menu.yaml", PROMPTS))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(write_page(menu))
        png = page.screenshot()
        browser.close()
    (PROMPTS / "line" / "menu.png").write_bytes(mark_png(png, fingerprint_page(menu)))


if __name__ == "__main__":
    main()
