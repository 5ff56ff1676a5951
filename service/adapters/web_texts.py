"""Read the pages' own texts from the prompts directory at start."""

from __future__ import annotations

from pathlib import Path

from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.rendering.web.texts import UI_LANGUAGES, UiLanguage, UiTexts, check_texts


def read_web_texts(prompts: Path) -> dict[UiLanguage, UiTexts]:
    """Read `<prompts>/web`; raise a RuleFileError, with file and line, at the first thing wrong."""
    paths = {language: prompts / "web" / f"{language}.yaml" for language in UI_LANGUAGES}
    for path in paths.values():
        if not path.is_file():
            raise RuleFileError(
                "ファイルがありません", file=str(path), remedy="リポジトリの同じファイルを写してください"
            )
    return check_texts({language: read_file(path, prompts) for language, path in paths.items()})
