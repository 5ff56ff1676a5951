"""The menu fits LINE, its picture is drawn from its file, and a wrong file is told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from service.adapters.line_texts import read_menu
from service.errors import RuleFileError
from service.rendering.line.menu import draw_menu
from tests.fakes.line_limits import menu_problems
from tests.fakes.line_spec import body_problems
from tests.tools.line_menu_picture import MARK, fingerprint_page


def test_the_menu_keeps_lines_limits(root: Path) -> None:
    drawn = draw_menu(read_menu(root / "prompts")[0], fingerprint="0" * 12)
    assert body_problems("RichMenuRequest", drawn) == [] and menu_problems(drawn) == []


def test_the_areas_cover_the_whole_picture_once(root: Path) -> None:
    drawn = draw_menu(read_menu(root / "prompts")[0], fingerprint="0")
    bounds = [area["bounds"] for area in drawn["areas"]]
    assert len({(each["x"], each["y"]) for each in bounds}) == len(bounds)
    assert sum(each["width"] * each["height"] for each in bounds) == 1200 * 810


def test_the_picture_is_as_large_as_the_menu_and_light_enough(root: Path) -> None:
    _, png = read_menu(root / "prompts")
    assert png.startswith(b"\x89PNG\r\n\x1a\n") and len(png) < 1_000_000
    assert struct.unpack(">II", png[16:24]) == (1200, 810)


def test_the_picture_was_drawn_from_the_file_beside_it(root: Path) -> None:
    """After a change: `uv run python -m tests.tools.line_menu_picture`."""
    menu, png = read_menu(root / "prompts")
    assert MARK + b"\0" + fingerprint_page(menu) in png


@pytest.mark.parametrize(
    ("old", "new", "told"),
    (
        ("action: help", "action: dance", "「action: dance」は使えません"),
        ("value: ask", "value: now", "「value: now」は使えません"),
        ("label: ヘルプ", "label: " + "ヘ" * 21, "長すぎます"),
        ("bar: メニュー", "bar: " + "メ" * 15, "「bar」が長すぎます"),
        ("  - {label: ヘルプ", "  # {label: ヘルプ", "ボタンは6個"),
    ),
)
def test_a_wrong_file_is_told_by_file_and_line(root: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = tmp_path / "prompts" / "line"
    folder.mkdir(parents=True)
    text = (root / "prompts" / "line" / "menu.yaml").read_text(encoding="utf-8")
    (folder / "menu.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleFileError, match=told) as caught:
        read_menu(tmp_path / "prompts")
    assert caught.value.line
