"""The terminal that is written to: its width, its colours, and how texts and JSON go out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output can show."""

    width: int = 80
    colour: bool = False


def find_screen(stream: IO[str], environ: Mapping[str, str]) -> Screen:
    """Return what a stream can show. NO_COLOR and TERM=dumb are respected; FORCE_COLOR asks for colour in a pipe."""
    wanted = stream.isatty() or bool(environ.get("FORCE_COLOR"))
    refused = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    return Screen(shutil.get_terminal_size((80, 24)).columns, wanted and not refused)


def prepare_streams() -> None:
    """Let no character stop the output: what an encoding lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def to_json(value: object, *, indent: int | None = None) -> bytes:
    """Return a value as a line of JSON in UTF-8, whatever the locale."""
    text = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair in an id: only the escaped form can carry it
        return (json.dumps(value, indent=indent) + "\n").encode("ascii")


def write_json(value: object, *, indent: int | None = None) -> None:
    """Write a value to standard output as JSON."""
    sys.stdout.buffer.write(to_json(value, indent=indent))
    sys.stdout.buffer.flush()
