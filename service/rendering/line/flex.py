"""The pieces a Flex message is built from: texts that wrap, boxes, buttons; every colour is named, for light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from service.rendering.line.measure import LONGEST_ALT_TEXT, LONGEST_BUTTON_LABEL, LONGEST_URI, cut_graphemes, cut_units
from service.rendering.paint import disarm
from service.vocabulary import Verdict

Json = dict[str, Any]

# LINE's dark mode leaves named colours alone and turns unnamed ones: every text and every ground is named.
PAPER, TINT, SOFT, INK, FAINT, LINK, ACCENT, RULE = (
    "#FFFFFF", "#F3F4F6", "#DFE4EA", "#1F2937", "#5B6472", "#1D4ED8", "#166534", "#D5D9E0",
)  # fmt: skip
VERDICT_COLOURS: dict[Verdict, str] = {
    "danger": "#B3261E",
    "against_rules": "#8A1C7C",
    "caution": "#8A4B00",
    "depends": "#1D4ED8",
    "ok": "#166534",
}
LONGEST_WORDS = 500  # UTF-16 units of one text in a bubble: beyond it a bubble could outgrow LINE's limit
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ADDRESS_SIGNS = _UNRESERVED | frozenset(b":/?#[]@!$&'()*+,;=%")


def words(text: str, *, size: str = "sm", color: str = INK, most: int = LONGEST_WORDS, **more: object) -> Json:
    """Return a text that wraps. `most` is its longest length in UTF-16 units."""
    return {"type": "text", "text": cut_units(disarm(text), most), "size": size, "color": color, "wrap": True} | more


def spans(pieces: Iterable[tuple[str, bool]], *, color: str = INK) -> Json:
    """Return a text whose marked pieces are bold and underlined."""
    marked = {"weight": "bold", "decoration": "underline"}
    contents = [
        {"type": "span", "text": disarm(text), "color": color} | (marked if mark else {})
        for text, mark in pieces
        if text
    ]
    return {"type": "text", "contents": contents, "size": "sm", "color": color, "wrap": True}


def link(text: str, address: str) -> Json:
    """Return a text that opens an address; a plain text where there is nothing to open."""
    uri = encode_address(address)
    if not uri.startswith(("https://", "http://", "tel:")) or len(uri) > LONGEST_URI:
        return words(text, size="xs", color=FAINT)
    return words(text, size="xs", color=LINK, decoration="underline", action={"type": "uri", "uri": uri})


def box(contents: Sequence[Json], *, layout: str = "vertical", **more: object) -> Json:
    """Return a box; it grows with what stands in it."""
    return {"type": "box", "layout": layout, "contents": list(contents)} | more


def button(label: str, action: Json, *, primary: bool = False) -> Json:
    """Return a button: LINE writes white on a primary one and black on a secondary one."""
    style, color = ("primary", ACCENT) if primary else ("secondary", SOFT)
    named = {"label": cut_graphemes(label, LONGEST_BUTTON_LABEL)} | action
    return {"type": "button", "style": style, "color": color, "action": named}


def separator() -> Json:
    """Return a thin line between two sections."""
    return {"type": "separator", "color": RULE, "margin": "lg"}


def bubble(*, body: Json, header: Json | None = None, footer: Json | None = None, ground: str = PAPER) -> Json:
    """Return a bubble as wide as a phone's talk; `ground` is the header's colour."""
    blocks = {"header": header, "body": body, "footer": footer}
    colours = {"header": ground, "body": PAPER, "footer": PAPER}
    shown = {name: block for name, block in blocks.items() if block is not None}
    styles = {name: {"backgroundColor": colours[name]} for name in shown}
    return {"type": "bubble", "size": "mega", "styles": styles} | shown


def flex_message(alt_text: str, contents: Json) -> Json:
    """Return a Flex message; the alternative text is shown on locked screens, so it quotes nobody."""
    return {"type": "flex", "altText": cut_units(alt_text, LONGEST_ALT_TEXT), "contents": contents}


def encode_words(text: str) -> str:
    """Return a text percent-encoded, to stand inside an address."""
    return _encode(text, _UNRESERVED)


def encode_address(address: str) -> str:
    """Return an address with everything encoded that may not stand in one."""
    return _encode(address, _ADDRESS_SIGNS)


def _encode(text: str, kept: frozenset[int]) -> str:
    spelled = _spell(kept)
    return "".join([spelled[byte] for byte in text.encode("utf-8", "replace")])


@cache
def _spell(kept: frozenset[int]) -> tuple[str, ...]:
    """Return how each byte is written in an address."""
    return tuple(chr(byte) if byte in kept else f"%{byte:02X}" for byte in range(256))
