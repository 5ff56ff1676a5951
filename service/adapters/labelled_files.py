"""Read files of labelled messages: a YAML list, entry by entry, so that a broken one costs none of the others.

A file whose name ends in .txt holds harmless messages, one a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from service.adapters.rule_files import TextLoader, explain_yaml, locate_node
from service.errors import InputError, RuleFileError
from service.evaluation.case import Case, parse_case
from service.located import Located

_PLAIN = ".txt"
_SHAPE = "「- id: …」で始まる一覧にしてください"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a file that holds whole entries, and how many lines stand above it."""

    file: str
    above: int
    text: str


def cut_file(name: str, entries: int = 250) -> list[Chunk]:
    """Return a file in pieces of so many entries: each can be read, and judged, on its own."""
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"ファイル「{name}」をUTF-8で読めません。UTF-8で保存し直してください。") from error
    except OSError as error:
        raise InputError(f"ファイル「{name}」を開けません。場所と名前を確かめてください。") from error
    lines = text.split("\n")
    starts = range(len(lines)) if name.endswith(_PLAIN) else _list_starts(lines)
    edges = [0, *starts[entries::entries], len(lines)]
    return [Chunk(name, first, "\n".join(lines[first:last])) for first, last in pairwise(edges)]


def _list_starts(lines: Sequence[str]) -> Sequence[int]:
    return [number for number, line in enumerate(lines) if line.startswith("- ")]


def read_cases(chunk: Chunk) -> Iterator[Case | RuleFileError]:
    """Yield each labelled message of a piece, or what is wrong with it."""
    if chunk.file.endswith(_PLAIN):
        yield from _read_lines(chunk)
        return
    try:
        node = yaml.compose(chunk.text, Loader=TextLoader)
    except yaml.YAMLError:
        yield from _read_apart(chunk)
        return
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        yield RuleFileError("一覧の形ではありません", file=chunk.file, line=chunk.above + 1, remedy=_SHAPE)
        return
    for item in node.value:
        yield _read_entry(item, chunk)


def _read_lines(chunk: Chunk) -> Iterator[Case | RuleFileError]:
    for number, line in enumerate(chunk.text.split("\n"), start=chunk.above + 1):
        if line.strip():
            part = Located(chunk.file, number)
            part |= {"text": line, "verdict": "ok", "asks": []}
            try:
                yield parse_case(part)
            except RuleFileError as error:
                yield error


def _read_apart(chunk: Chunk) -> Iterator[Case | RuleFileError]:
    """One entry is no YAML: read each by itself, so that only that one is lost."""
    lines = chunk.text.split("\n")
    edges = [0, *_list_starts(lines)[1:], len(lines)]
    if len(edges) == 2:
        yield _tell_broken(chunk)
        return
    for first, last in pairwise(edges):
        yield from read_cases(Chunk(chunk.file, chunk.above + first, "\n".join(lines[first:last])))


def _tell_broken(chunk: Chunk) -> RuleFileError:
    try:
        yaml.compose(chunk.text, Loader=TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = chunk.above + (mark.line if mark else 0) + 1
        problem, remedy = explain_yaml(error.problem or "", chunk.text, line - chunk.above)
        return RuleFileError(f"YAMLとして読めません（{problem}）", file=chunk.file, line=line, remedy=remedy)
    except yaml.YAMLError:
        pass
    return RuleFileError(
        "YAMLとして読めない文字があります", file=chunk.file, line=chunk.above + 1, remedy="その文字を消してください"
    )


def _read_entry(item: yaml.Node, chunk: Chunk) -> Case | RuleFileError:
    try:
        part = locate_node(item, chunk.file, chunk.above)
        if isinstance(part, Located):
            return parse_case(part)
        line = chunk.above + item.start_mark.line + 1
        raise RuleFileError("項目が「名前: 値」の形ではありません", file=chunk.file, line=line, remedy=_SHAPE)
    except RuleFileError as error:
        return error
