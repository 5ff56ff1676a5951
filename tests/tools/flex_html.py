"""LINE messages as a web page, to look at: the sizes, gaps and defaults are those of LINE's reference, on a 360 px phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

Json = dict[str, Any]

_FONT = {"xxs": 11, "xs": 13, "sm": 14, "md": 16, "lg": 19, "xl": 22, "xxl": 29}
_GAP = {"none": 0, "xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20}
_WIDTH = {"kilo": 260, "mega": 300, "giga": 344}
# What LINE fills in where a message names no colour: this turns with the theme, which is what the dark picture is for.
_STYLE = """
:root { --talk: #8cabd8; --ground: #ffffff; --ink: #111111; --chip: #ffffff; --chip-ink: #111111 }
.dark { --talk: #111111; --ground: #2b2b2b; --ink: #f2f2f2; --chip: #2b2b2b; --chip-ink: #f2f2f2 }
* { box-sizing: border-box; margin: 0 }
body { display: flex; width: fit-content; background: var(--talk); color: var(--ink);
  font: 14px/1.45 "Noto Sans CJK JP", sans-serif; overflow-wrap: anywhere }
.talk { width: 360px; padding: 12px 8px 12px 44px }
.bubble, .said { border-radius: 12px; overflow: hidden; margin-bottom: 10px; background: var(--ground) }
.said { padding: 10px 12px; max-width: 270px; width: fit-content; white-space: pre-wrap; font-size: 15px }
.alt { font-size: 10px; margin-bottom: 2px }
.box { display: flex; min-width: 0 } .vertical { flex-direction: column } .box > * { min-width: 0 }
.text { white-space: pre-wrap } .cut { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.button { display: flex; align-items: center; justify-content: center; min-height: 52px; border-radius: 8px; font-size: 16px;
  padding: 0 8px; flex: 1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.vertical > .button { flex: none }
.line { border-top: 1px solid; flex: none }
.chips { display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0 10px -36px }
.chip { background: var(--chip); color: var(--chip-ink); border-radius: 16px; padding: 5px 12px; font-size: 13px }
"""


def draw_page(*talks: Sequence[Json], dark: bool = False) -> str:
    """Return a page that shows messages as they stand in a talk; several talks stand side by side."""
    shown = "".join(f'<div class="talk">{"".join(map(_draw_message, messages))}</div>' for messages in talks)
    theme = "dark" if dark else "light"
    head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
    return f'<!doctype html><html class="{theme}" lang="ja"><head>{head}</head><body>{shown}</body></html>'


def _draw_message(message: Json) -> str:
    if message["type"] == "text":
        shown = f'<div class="said">{escape(message["text"])}</div>'
    else:
        shown = f'<div class="alt">{escape(message["altText"])}</div>{_draw_bubble(message["contents"])}'
    items = message.get("quickReply", {}).get("items", [])
    chips = "".join(f'<span class="chip">{escape(item["action"]["label"])}</span>' for item in items)
    return shown + (f'<div class="chips">{chips}</div>' if chips else "")


def _draw_bubble(bubble: Json) -> str:
    blocks = [_draw_block(bubble, name) for name in ("header", "body", "footer") if name in bubble]
    return f'<div class="bubble" style="width:{_WIDTH[bubble.get("size", "mega")]}px">{"".join(blocks)}</div>'


def _draw_block(bubble: Json, name: str) -> str:
    ground = bubble.get("styles", {}).get(name, {}).get("backgroundColor")
    style = f"background:{ground}" if ground else ""
    return f'<div style="{style}">{_draw(bubble[name], {"paddingAll": "20px"})}</div>'


def _draw(node: Json, defaults: Json | None = None) -> str:
    kinds: dict[str, Callable[[Json], str]] = {
        "box": _draw_box, "text": _draw_text, "button": _draw_button, "separator": _draw_line,
    }  # fmt: skip
    return kinds[node["type"]]((defaults or {}) | node)


def _draw_box(node: Json) -> str:
    style = [f"gap:{_gap(node.get('spacing', 'none'))}"]
    style += [f"padding:{_gap(node['paddingAll'])}"] if "paddingAll" in node else []
    style += [f"background:{node['backgroundColor']}"] if "backgroundColor" in node else []
    style += [f"border-radius:{_gap(node['cornerRadius'])}"] if "cornerRadius" in node else []
    direction = "vertical" if node["layout"] == "vertical" else ""
    return _element(node, f"box {direction}", style, "".join(_draw(each) for each in node["contents"]))


def _draw_text(node: Json) -> str:
    words = escape(node.get("text", "")) or "".join(_draw_span(each) for each in node["contents"])
    style = [f"font-size:{_FONT[node.get('size', 'md')]}px", *_look(node)]
    return _element(node, "text" if node.get("wrap") else "text cut", style, words)


def _draw_span(node: Json) -> str:
    return f'<span style="{";".join(_look(node))}">{escape(node["text"])}</span>'


def _look(node: Json) -> list[str]:
    look = [f"color:{node['color']}"] if "color" in node else []
    look += ["font-weight:700"] if node.get("weight") == "bold" else []
    return look + (["text-decoration:underline"] if node.get("decoration") == "underline" else [])


def _draw_button(node: Json) -> str:
    style = {"primary": "color:#ffffff", "secondary": "color:#111111", "link": f"color:{node.get('color')}"}
    ground = [] if node["style"] == "link" else [f"background:{node['color']}"]
    return _element(node, "button", [style[node["style"]], *ground], escape(node["action"]["label"]))


def _draw_line(node: Json) -> str:
    return _element(node, "line", [f"border-color:{node.get('color', 'var(--ink)')}"], "")


def _element(node: Json, kind: str, style: list[str], inner: str) -> str:
    placed = [f"margin-top:{_gap(node['margin'])}"] if "margin" in node else []
    placed += [f"flex:{node['flex'] or 'none'}"] if "flex" in node else []
    return f'<div class="{kind}" style="{";".join(style + placed)}">{inner}</div>'


def _gap(size: str) -> str:
    return f"{_GAP[size]}px" if size in _GAP else size
