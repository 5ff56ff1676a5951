"""Add an example to a rule file: one line in its place, everything else of the file untouched."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from service.errors import RuleFileError

_BY_HAND = "見本の1行を、手で貼り付けてください"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an example goes: a file of the rules, the list of its expectation, a row's id in a table."""

    file: str  # rules/facts/call.yaml
    expect: str
    rule: str = ""


def is_writable(folder: Path) -> bool:
    """Whether the rules can be added to: a folder of the operator's own, not the one inside the program."""
    return "_bundled" not in folder.parts and os.access(folder, os.W_OK)


def add_example(folder: Path, place: Place, line: str) -> None:
    """Write the line into its file, whole or not at all; raise RuleFileError where the place cannot be found."""
    path = _find_file(folder, place.file)
    text = path.read_text(encoding="utf-8")
    changed = insert_example(text, place, line)
    _replace_file(path, changed)


def insert_example(text: str, place: Place, line: str) -> str:
    """Return a rule file's text with one more example at the end of its list; a list that is missing is begun."""
    examples = _find_examples(text, place)
    items = _child(examples, place.expect)
    margin = " " * examples.start_mark.column
    if items is None:
        changed = _put_after(text, examples, f"{margin}{place.expect}:\n{margin}  {line}\n")
    else:
        _check_list(items, place, _text_of(_compose(line).value[0]))
        changed = _put_after(text, items, " " * items.start_mark.column + line + "\n")
    there = _child(_find_examples(changed, place), place.expect)
    if _text_of(there.value[-1]) != _text_of(_compose(line).value[0]):
        _refuse("例を足せませんでした", place)
    return changed


def _find_examples(text: str, place: Place) -> Any:
    node = _compose(text)
    if place.rule:
        rows = getattr(_child(node, "rules"), "value", [])
        node = next((row for row in rows if getattr(_child(row, "id"), "value", None) == place.rule), None)
    examples = _child(node, "examples")
    if not isinstance(examples, yaml.MappingNode) or examples.flow_style or not examples.value:
        _refuse("examples: が見つからないか、1行にまとめて書かれています", place)
    return examples


def _check_list(items: Any, place: Place, new: str) -> None:
    if not isinstance(items, yaml.SequenceNode) or items.flow_style:
        _refuse(f"examples: {place.expect}: が1行にまとめて書かれています", place)
    if new in map(_text_of, items.value):
        _refuse("この例は、もう入っています", place, "足すものはありません")


def _put_after(text: str, node: Any, addition: str) -> str:
    """Return the text with lines added below the last line of a node."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    lines = text.splitlines(keepends=True)
    at = node.end_mark.line + (node.end_mark.column > 0)
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    return "".join([*lines[:at], addition, *lines[at:]])


def _compose(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _text_of(item: Any) -> str:
    """Return an example's text, be it written alone or with its stage."""
    scalar = _child(item, "text") or item
    return str(scalar.value)


def _child(node: Any, key: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _find_file(folder: Path, file: str) -> Path:
    path = (folder / file.partition("/")[2]).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix != ".yaml" or not path.is_file():
        raise RuleFileError("ファイルがありません", file=file, remedy="ルールのフォルダを確かめてください")
    return path


def _replace_file(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kotowari-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refuse(message: str, place: Place, remedy: str = _BY_HAND) -> NoReturn:
    raise RuleFileError(message, file=place.file, remedy=remedy)
