"""Read rule files: YAML where every mapping knows its line, and every scalar is text.

YAML's own types are off: `no`, `012` and `10:30` mean what they say, and dates are read where a date is wanted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from service.errors import RuleFileError
from service.located import Located

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_folder(folder: Path) -> list[Located]:
    """Return every rule file under a folder, in the order of their names.

    Raises RuleFileError with file and line where YAML itself is broken or the folder is missing.
    """
    if not folder.is_dir():
        raise RuleFileError(
            "フォルダがありません", file=str(folder), remedy="KOTOWARI_RULES_DIR の値を確かめてください"
        )
    return [read_file(path, folder) for path in sorted(folder.rglob("*.yaml"))]


def read_file(path: Path, folder: Path) -> Located:
    """Return one rule file as located mappings."""
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise RuleFileError("UTF-8で読めません", file=name, remedy="UTF-8で保存し直してください") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleFileError(
            f"YAMLとして読めません（{error.problem}）",
            file=name,
            line=mark.line + 1 if mark else None,
            remedy="字下げ・コロン・引用符を見直してください",
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise RuleFileError("ファイルの中身が「名前: 値」の形ではありません", file=name, line=1)
    located: Located = locate_node(node, name)
    return located


def locate_node(node: yaml.Node, name: str, above: int = 0) -> Any:
    """Return a YAML node as located mappings, lists and texts. `above` counts the lines cut off before it."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag.endswith(":null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [locate_node(item, name, above) for item in node.value]
    result = Located(name, node.start_mark.line + 1 + above)
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1 + above
        if key in result:
            raise RuleFileError(
                f"「{key}」が二度書かれています", file=name, line=line, remedy="どちらかを消してください"
            )
        result[key] = locate_node(value_node, name, above)
        result.lines[key] = line
    return result
