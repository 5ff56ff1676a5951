"""Read what the LINE account says and shows from the prompts directory."""

from __future__ import annotations

from pathlib import Path

from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.rendering.line.menu import Menu, parse_menu
from service.rendering.line.talk import Talk
from service.rendering.line.talk_parse import FILES, parse_talk


def read_talk(prompts: Path) -> Talk:
    """Read `<prompts>/line`; raise a RuleFileError, with file and line, for the first file that cannot be used."""
    return parse_talk({name: read_file(_find(prompts, f"{name}.yaml"), prompts) for name in FILES})


def read_menu(prompts: Path) -> tuple[Menu, bytes]:
    """Read the menu and its picture, a PNG."""
    menu = parse_menu(read_file(_find(prompts, "menu.yaml"), prompts))
    return menu, _find(prompts, "menu.png").read_bytes()


def _find(prompts: Path, name: str) -> Path:
    path = prompts / "line" / name
    if not path.is_file():
        remedy = "リポジトリの同じファイルを写してください"
        raise RuleFileError("ファイルがありません", file=str(path), remedy=remedy)
    return path
