"""Read rule files: YAML where every mapping knows its line, and every scalar is text.

YAML's own types are off: `no`, `012` and `10:30` mean what they say, and dates are read where a date is wanted.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, ClassVar

import yaml

from service.errors import RuleFileError
from service.located import Located


class TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A loader that looks for one type only, an empty value: to try all of YAML's costs a tenth of the start."""

    yaml_implicit_resolvers: ClassVar = {
        first: [resolver for resolver in resolvers if resolver[0] == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_UNREAD = (".yml", ".txt", ".rtf", ".csv")
# What YAML says, and what it mostly means: the words shown, and the remedy.
_YAML_PROBLEMS = {
    "mapping values are not allowed": (
        "文の中に「: 」があるか、上の行の字下げがずれています",
        '文なら、全体を " " で囲んでください',
    ),
    "found unexpected end of stream": ("引用符が閉じていません", '文の終わりの " を確かめてください'),
    "while scanning a quoted scalar": ("引用符が閉じていません", '文の終わりの " を確かめてください'),
    "did not find expected ',' or ']'": ("[ ] の中の区切りが読めません", "半角の , で区切り、] で閉じてください"),
    "did not find expected ',' or '}'": ("{ } の中の区切りが読めません", "半角の , で区切り、} で閉じてください"),
    "did not find expected key": ("字下げがそろっていません", "上の行と同じ深さにそろえてください"),
    "did not find expected '-' indicator": ("字下げがそろっていません", "上の - と同じ深さにそろえてください"),
    "could not find expected ':'": ("「名前: 値」の : がありません", "半角の : と空白を入れてください"),
    "found character that cannot start any token": (
        "ここには置けない記号があります",
        '文の始まりの記号は、文全体を " " で囲んでください',
    ),
    "found undefined": ("行の始まりの & や * は使えません", '文全体を " " で囲んでください'),
}


def read_folder(folder: Path, *, without: Collection[str] = ()) -> list[Located]:
    """Return every rule file under a folder, in the order of their names; those of some of its folders are left unread.

    Raises RuleFileError with file and line where YAML itself is broken or the folder is missing.
    """
    if not folder.is_dir():
        raise RuleFileError(
            "フォルダがありません", file=str(folder), remedy="KOTOWARI_RULES_DIR の値を確かめてください"
        )
    for path in sorted(folder.rglob("*")):
        if path.suffix in _UNREAD:  # left out in silence, its author would look for the fault elsewhere
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            remedy = f"名前を {path.name.split('.')[0]}.yaml に変えてください"
            raise RuleFileError("この名前のファイルは読み込まれません", file=name, remedy=remedy)
    paths = (path for path in sorted(folder.rglob("*.yaml")) if path.relative_to(folder).parts[0] not in without)
    return [read_file(path, folder) for path in paths]


def read_file(path: Path, folder: Path) -> Located:
    """Return one rule file as located mappings."""
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=TextLoader)
    except UnicodeDecodeError as error:
        raise RuleFileError("UTF-8で読めません", file=name, remedy="UTF-8で保存し直してください") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem, remedy = explain_yaml(error.problem or "", text, line)
        raise RuleFileError(f"YAMLとして読めません（{problem}）", file=name, line=line, remedy=remedy) from error
    except yaml.YAMLError as error:
        remedy = "目に見えない記号が入っていないか、確かめてください"
        raise RuleFileError("YAMLとして読めない文字があります", file=name, remedy=remedy) from error
    if not isinstance(node, yaml.MappingNode):
        remedy = "「fact: ask」のように、半角の : と空白で区切ってください"
        raise RuleFileError("ファイルの中身が「名前: 値」の形ではありません", file=name, line=1, remedy=remedy)
    located: Located = locate_node(node, name)
    return located


def explain_yaml(problem: str, text: str, line: int | None) -> tuple[str, str]:
    """Return what YAML complains about in words for somebody who does not know YAML, and what to do."""
    lines = text.split("\n")
    here = lines[line - 1] if line and line <= len(lines) else ""
    if any(each.startswith("\u3000") for each in lines[max(0, (line or 1) - 2) : line]):
        return "行の始まりに全角の空白があります", "半角の空白で字下げしてください"
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "行の始まりにタブがあります", "半角の空白で字下げしてください"
    for words, told in _YAML_PROBLEMS.items():
        if words in problem:
            return told
    return problem, "字下げ・コロン・引用符を見直してください"


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
