"""Find the folders of rules and wordings: given, named by the environment, bundled, or the repository's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from service.errors import RuleFileError

_SERVICE = Path(__file__).resolve().parents[1]


def rules_folder(given: Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the rule files; raise RuleFileError where there is none."""
    return _find("rules", given, "KOTOWARI_RULES_DIR", os.environ if environ is None else environ)


def prompts_folder(given: Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the wordings; raise RuleFileError where there is none."""
    return _find("prompts", given, "KOTOWARI_PROMPTS_DIR", os.environ if environ is None else environ)


def _find(name: str, given: Path | None, variable: str, environ: Mapping[str, str]) -> Path:
    if given is not None:
        return _existing(given, "渡したフォルダの場所を確かめてください")
    if named := environ.get(variable):
        # A named folder that is missing is an error: rules from another place would be a silent surprise.
        return _existing(Path(named).expanduser(), f"{variable} の値を確かめてください")
    bundled = _SERVICE / "_bundled" / name
    return bundled if bundled.is_dir() else _existing(_SERVICE.parent / name, f"{variable} で場所を指定してください")


def _existing(folder: Path, remedy: str) -> Path:
    if not folder.is_dir():
        raise RuleFileError("フォルダがありません", file=str(folder), remedy=remedy)
    return folder
