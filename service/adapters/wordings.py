"""Read the drafts' wordings from the prompts directory at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from service.drafting.library import DraftLibrary, build_library, read_groups
from service.drafting.parse import parse_draft
from service.errors import RuleFileError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_library(prompts: Path) -> DraftLibrary:
    """Read `<prompts>/drafts`; raise a RuleFileError for the first file that cannot be used."""
    folder = prompts / "drafts"
    groups = _read_yaml(folder / "groups.yaml")
    names = set(read_groups(groups).values())
    templates = [
        parse_draft(_read_text(path), file=path.relative_to(prompts).as_posix(), groups=names)
        for path in sorted(folder.rglob("*.txt"))
    ]
    others = {name: _read_yaml(folder / f"{name}.yaml") for name in ("labels", "asked", "sites")}
    return build_library(templates, groups=groups, **others)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleFileError("ファイルを開けません", file=str(path), remedy="ファイルがあるか確かめる") from error
    except UnicodeDecodeError as error:
        raise RuleFileError("文字を読み取れません", file=str(path), remedy="UTF-8で保存し直す") from error


def _read_yaml(path: Path) -> Any:
    text = _read_text(path)
    try:
        return yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise RuleFileError(
            "YAMLとして読めません", file=str(path), line=line, remedy="字下げと引用符を確かめる"
        ) from error
