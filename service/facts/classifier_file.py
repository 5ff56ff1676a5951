"""Classifier file: the learnt weights as text, a gram and its bytes a line; written and read here, so that both agree."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict

from service.errors import RuleFileError
from service.facts.classifier import Blend, Classifier, Head

NAME = "classifier.tsv"
_TITLE = "# Learnt from the labelled messages by tests/tools/learn_weights.py. Not to be edited by hand."
_REMEDY = "手で直さず、`uv run --group learn python -m tests.tools.learn_weights` で作り直してください"


def write_classifier(
    heads: Sequence[Head], blend: Blend, rows: Iterable[tuple[str, bytes]], *, grave: Set[str], learnt: Set[int]
) -> str:
    """Return the file's text. A row has a byte for each head, one for the gram's squared length."""
    header = {
        "blend": asdict(blend),
        "grave": sorted(grave),
        "heads": [[head.kind, head.bias, head.scale] for head in heads],
        "learnt": sorted(learnt),
    }
    fill = b"\x01" + bytes(_padding(len(heads)))
    lines = (f"{gram}\t{b64encode(row + fill).decode()}" for gram, row in rows)
    return "\n".join((_TITLE, json.dumps(header), *lines)) + "\n"


def parse_classifier(text: str, file: str) -> Classifier:
    """Return what the file holds; raise RuleFileError, with file and line, where it is broken."""
    line = 2
    try:
        _, header, *lines = text.rstrip("\n").split("\n")
        told = json.loads(header)
        heads = [Head(str(kind), float(bias), float(scale)) for kind, bias, scale in told["heads"]]
        grams, rows = list[str](), list[str]()
        for line, each in enumerate(lines, start=3):  # noqa: B007 (told where a line is broken)
            gram, row = each.split("\t")
            grams.append(gram)
            rows.append(row)
        packed = b64decode("".join(rows), validate=True)
        width = len(heads) + 2
        padded = width + _padding(len(heads))
        if len(packed) != padded * len(grams):
            raise ValueError
        if padded != width:
            packed = b"".join(packed[at : at + width] for at in range(0, len(packed), padded))
        blend = Blend(**{name: float(value) for name, value in told["blend"].items()})
        grave, learnt = set(map(str, told["grave"])), set(map(int, told["learnt"]))
        return Classifier(heads, blend, grams, packed, grave=grave, learnt=learnt)
    except (ValueError, KeyError, TypeError) as error:
        raise RuleFileError("重みのファイルが壊れています", file=file, line=line, remedy=_REMEDY) from error


def _padding(heads: int) -> int:
    """Return how many bytes a row is longer than its content, so that base64 needs no filling."""
    return -(heads + 2) % 3
