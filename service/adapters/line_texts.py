"""Read what the LINE account says from the prompts directory at start."""

from __future__ import annotations

from pathlib import Path

from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.rendering.line.talk import Talk
from service.rendering.line.talk_parse import FILES, parse_talk


def read_talk(prompts: Path) -> Talk:
    """Read `<prompts>/line`; raise a RuleFileError, with file and line, for the first file that cannot be used."""
    folder = prompts / "line"
    for name in FILES:
        if not (folder / f"{name}.yaml").is_file():
            remedy = "リポジトリの同じファイルを写してください"
            raise RuleFileError("ファイルがありません", file=str(folder / f"{name}.yaml"), remedy=remedy)
    return parse_talk({name: read_file(folder / f"{name}.yaml", prompts) for name in FILES})
