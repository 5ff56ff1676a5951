"""The menu under the talk: six buttons that need no message before them."""

from __future__ import annotations

from dataclasses import dataclass

from service.located import Located
from service.rendering.line.flex import Json
from service.rendering.line.measure import LONGEST_QUICK_LABEL, count_graphemes, count_units
from service.rendering.line.postback import ACTIONS, Postback, encode_postback

WIDTH, HEIGHT, COLUMNS, ROWS = 1200, 810, 3, 2  # pixels; LINE wants 800 to 2500 across, and 1.45 times the height
_LONGEST_BAR = 14  # characters
_LONGEST_NAME = 200  # characters; LINE takes 300, and a fingerprint is added


@dataclass(frozen=True, slots=True)
class MenuButton:
    """A button: its words, the sign above them, and what a tap says."""

    label: str
    sign: str
    postback: Postback


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu. `bar` stands under it and opens it."""

    name: str
    bar: str
    buttons: tuple[MenuButton, ...]


def parse_menu(file: Located) -> Menu:
    """Return the menu of prompts/line/menu.yaml; raise RuleFileError for what LINE or the service would refuse."""
    file.check_keys(("name", "bar", "buttons"), required=("name", "bar", "buttons"))
    buttons = tuple(_parse_button(part) for part in file.parts("buttons"))
    if len(buttons) != COLUMNS * ROWS:
        file.refuse(f"ボタンは{COLUMNS * ROWS}個にしてください", "buttons", f"いまは{len(buttons)}個です")
    for key, most in (("name", _LONGEST_NAME), ("bar", _LONGEST_BAR)):
        if count_units(file.text(key)) > most:
            file.refuse(f"「{key}」が長すぎます", key, f"{most}文字までに縮めてください")
    return Menu(file.text("name"), file.text("bar"), buttons)


def _parse_button(part: Located) -> MenuButton:
    part.check_keys(("label", "sign", "action", "value"), required=("label", "sign", "action"))
    action = part.one_of("action", ACTIONS)
    value = part.one_of("value", ACTIONS[action], default="")
    if count_graphemes(part.text("label")) > LONGEST_QUICK_LABEL:
        part.refuse("ボタンの文字が長すぎます", "label", f"{LONGEST_QUICK_LABEL}文字までに縮めてください")
    return MenuButton(part.text("label"), part.text("sign"), Postback(action, value))


def draw_menu(menu: Menu, *, fingerprint: str) -> Json:
    """Return the menu as LINE's API takes it; the fingerprint in its name tells editions apart."""
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": f"{menu.name}-{fingerprint}",
        "chatBarText": menu.bar,
        "areas": [_draw_area(number, button) for number, button in enumerate(menu.buttons)],
    }


def _draw_area(number: int, button: MenuButton) -> Json:
    row, column = divmod(number, COLUMNS)
    width, height = WIDTH // COLUMNS, HEIGHT // ROWS
    data = encode_postback(button.postback)
    return {
        "bounds": {"x": column * width, "y": row * height, "width": width, "height": height},
        "action": {"type": "postback", "label": button.label, "data": data, "displayText": button.label},
    }
