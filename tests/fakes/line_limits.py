"""LINE's limits that its OpenAPI description cannot hold: counted in UTF-16 units, graphemes and bytes, or by context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import regex

from tests.fakes.line_spec import Problem

BUBBLE_BYTES, CAROUSEL_BYTES = 30_000, 50_000
UTF16 = {"text": 5000, "altText": 1500, "clipboardText": 1000, "data": 300, "uri": 10_000}
GRAPHEMES = {"displayText": 300, "fillInText": 300}
TEMPLATE_LABEL, IMAGE_CAROUSEL_LABEL, FLEX_LABEL, QUICK_LABEL = 20, 12, 40, 20
COLOUR = regex.compile(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
SPACE = regex.compile(r"none|xs|sm|md|lg|xl|xxl|\d+(?:\.\d+)?px")
TEXT_SIZE = regex.compile(r"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|\d+(?:\.\d+)?px")
WRITTEN_URI = regex.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
ACTIONS = {
    "camera", "cameraRoll", "clipboard", "datetimepicker", "location", "message", "postback", "richmenuswitch", "uri",
}  # fmt: skip


def utf16_units(text: str) -> int:
    """Count as LINE counts texts: an emoji beyond the first plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Count as LINE counts labels: what a reader sees as one sign is one."""
    return len(regex.findall(r"\X", text))


def message_problems(messages: list[Any]) -> list[Problem]:
    """Return every prose limit the messages of one call break."""
    found = [
        each
        for index, message in enumerate(messages)
        if isinstance(message, dict)
        for each in _of_message(message, f"messages[{index}]")
    ]
    return found


def menu_problems(menu: dict[str, Any]) -> list[Problem]:
    """Return what LINE refuses in a rich menu's description."""
    size, areas = menu.get("size", {}), menu.get("areas", [])
    width, height = size.get("width", 0), size.get("height", 0)
    found: list[Problem] = []
    if not 800 <= width <= 2500 or height < 250 or width / max(height, 1) < 1.45:
        found.append(Problem("must be 800-2500 wide, at least 250 high, ratio at least 1.45", "size"))
    if len(areas) > 20:
        found.append(Problem("Size must be between 0 and 20", "areas"))
    for index, area in enumerate(areas):
        bounds, where = area.get("bounds", {}), f"areas[{index}]"
        if bounds.get("x", 0) + bounds.get("width", 0) > width or bounds.get("y", 0) + bounds.get("height", 0) > height:
            found.append(Problem("must lie within the menu", f"{where}.bounds"))
        found.extend(_of_action(area.get("action"), f"{where}.action", 20))
    return found


def _of_message(message: dict[str, Any], where: str) -> Iterator[Problem]:
    kind = message.get("type")
    if kind in ("text", "textV2"):
        yield from _text(message, where)
    elif kind == "flex":
        yield from _utf16(message, "altText", where)
        yield from _of_container(message.get("contents"), f"{where}.contents")
    elif kind == "template":
        yield from _utf16(message, "altText", where)
        inner = message.get("template", {})
        limit = IMAGE_CAROUSEL_LABEL if inner.get("type") == "image_carousel" else TEMPLATE_LABEL
        yield from _actions_within(inner, f"{where}.template", limit)
    yield from _of_quick_reply(message.get("quickReply"), f"{where}.quickReply")
    sender = message.get("sender") or {}
    if len(sender.get("name", "")) > 20 or "LINE" in sender.get("name", ""):
        yield Problem("Length must be between 0 and 20, without the word LINE", f"{where}.sender.name")


def _text(message: dict[str, Any], where: str) -> Iterator[Problem]:
    yield from _utf16(message, "text", where)
    text = message.get("text")
    if isinstance(text, str) and not text.strip():
        yield Problem("May not be empty", f"{where}.text")
    if message.get("type") == "textV2" and isinstance(text, str):
        keys = set(message.get("substitution", {}))
        rest = regex.sub(r"\{\{|\}\}", "", text)
        used = set(regex.findall(r"\{([0-9A-Za-z_]{1,20})\}", rest))
        if regex.search(r"[{}]", regex.sub(r"\{[0-9A-Za-z_]{1,20}\}", "", rest)) or used - keys:
            yield Problem("invalid placeholder", f"{where}.text")


def _of_quick_reply(quick: Any, where: str) -> Iterator[Problem]:
    for index, item in enumerate(quick.get("items", []) if isinstance(quick, dict) else []):
        action = item.get("action") if isinstance(item, dict) else None
        yield from _of_action(action, f"{where}.items[{index}].action", QUICK_LABEL)
        if isinstance(action, dict) and action.get("type") == "richmenuswitch":
            yield Problem("richmenuswitch is not for quick replies", f"{where}.items[{index}].action.type")


def _of_container(container: Any, where: str) -> Iterator[Problem]:
    if not isinstance(container, dict):
        return
    bubbles = container.get("contents", []) if container.get("type") == "carousel" else [container]
    if container.get("type") == "carousel":
        if _json_bytes(container) > CAROUSEL_BYTES:
            yield Problem(f"must be within {CAROUSEL_BYTES} bytes", where)
        if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
            yield Problem("all bubbles of a carousel must have one size", where)
    for index, bubble in enumerate(bubbles):
        at = f"{where}.contents[{index}]" if container is not bubble else where
        if _json_bytes(bubble) > BUBBLE_BYTES:
            yield Problem(f"must be within {BUBBLE_BYTES} bytes", at)
        yield from _of_component(bubble, at)


def _of_component(node: Any, where: str) -> Iterator[Problem]:
    """Walk header, hero, body, footer, and all boxes within."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _of_component(each, f"{where}[{index}]")
    if not isinstance(node, dict):
        return
    yield from _of_style(node, where)
    if node.get("type") in ("text", "span") and node.get("text") == "":
        yield Problem("must be non-empty text", f"{where}.text")
    if node.get("type") == "text" and "text" not in node and "contents" not in node:
        yield Problem("text or contents is required", where)
    for key, value in node.items():
        if key == "action":
            yield from _of_action(value, f"{where}.action", FLEX_LABEL)
        elif isinstance(value, dict | list):
            yield from _of_component(value, f"{where}.{key}")


def _of_style(node: dict[str, Any], where: str) -> Iterator[Problem]:
    for key, value in node.items():
        if not isinstance(value, str):
            continue
        name = key.lower()
        wrong = (
            (name.endswith("color") and not COLOUR.fullmatch(value))
            or (name.startswith(("margin", "spacing")) and not SPACE.fullmatch(value))
            or (key == "size" and node.get("type") in ("text", "span") and not TEXT_SIZE.fullmatch(value))
            or (key == "url" and not value.startswith("https://"))
        )
        if wrong:
            yield Problem("invalid property", f"{where}.{key}")


def _actions_within(node: Any, where: str, label: int) -> Iterator[Problem]:
    if isinstance(node, dict) and node.get("type") in ACTIONS:
        yield from _of_action(node, where, label)
    elif isinstance(node, dict | list):
        steps = node.items() if isinstance(node, dict) else enumerate(node)
        for step, value in steps:
            yield from _actions_within(value, f"{where}[{step}]" if isinstance(step, int) else f"{where}.{step}", label)


def _of_action(action: Any, where: str, label: int) -> Iterator[Problem]:
    if not isinstance(action, dict):
        return
    yield from _graphemes(action, "label", where, label)
    for field, limit in GRAPHEMES.items():
        yield from _graphemes(action, field, where, limit)
    for field in ("clipboardText", "data", "uri"):
        yield from _utf16(action, field, where)
    kind = action.get("type")
    if kind == "message":
        yield from _graphemes(action, "text", where, 300)
    if kind == "uri" and not WRITTEN_URI.fullmatch(str(action.get("uri", ""))):
        yield Problem("invalid uri: must be percent-encoded", f"{where}.uri")
    if kind == "postback" and not action.get("data"):
        yield Problem("May not be empty", f"{where}.data")
    if "displayText" in action and "text" in action:
        yield Problem("displayText and text cannot be used together", where)
    if "fillInText" in action and action.get("inputOption") != "openKeyboard":
        yield Problem("only with inputOption openKeyboard", f"{where}.fillInText")


def _utf16(node: dict[str, Any], field: str, where: str) -> Iterator[Problem]:
    value = node.get(field)
    if isinstance(value, str) and utf16_units(value) > UTF16[field]:
        yield Problem(f"Length must be between 0 and {UTF16[field]}", f"{where}.{field}")


def _graphemes(node: dict[str, Any], field: str, where: str, limit: int) -> Iterator[Problem]:
    value = node.get(field)
    if isinstance(value, str) and graphemes(value) > limit:
        yield Problem(f"Length must be between 0 and {limit}", f"{where}.{field}")


def _json_bytes(node: Any) -> int:
    return len(json.dumps(node, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
