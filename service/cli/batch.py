"""`kotowari check --batch`: one JSON object a line in, one result a line out, in the same order."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from service.adapters.days import read_day, today
from service.cli.progress import show_progress
from service.cli.reading import open_batch
from service.cli.screen import to_json
from service.consultation import Book, consult
from service.errors import AdvisorError, InputError
from service.guard.reply import admit_template
from service.intake.message import Message, make_message
from service.rendering.result import to_result
from service.settings import read_settings
from service.wiring.book import load_book

_LONGEST_LINE = 1 << 20  # bytes
_BROKEN = "プログラムの不具合で、この行には答えられませんでした。"


class LineError(InputError):
    """この行はJSONとして読み取れません。1行に {"id": …, "text": …} を1つ書いてください。"""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the options say for every line that says nothing itself."""

    as_of: date
    platform: str | None = None
    stage: str | None = None
    register: str = "polite"


def run(options: Namespace) -> int:
    """Answer every line; return 1 when any could not be read."""
    settings = read_settings(os.environ)
    as_of = read_day(options.as_of) if options.as_of is not None else today()
    defaults = Defaults(as_of, options.platform or settings.platform, options.stage, options.register)
    make_message("確認", as_of=as_of, platform=defaults.platform, stage=defaults.stage, register=defaults.register)
    book = load_book()
    book.rules.require_site(defaults.platform)
    with open_batch(options.batch) as source, show_progress("確認しています", count_lines(source)) as step:
        failed = answer_lines(source, sys.stdout.buffer, book=book, defaults=defaults, step=step)
    return 1 if failed else 0


def answer_lines(
    source: BinaryIO, sink: BinaryIO, *, book: Book, defaults: Defaults, step: Callable[[], None] = lambda: None
) -> int:
    """Write a result for every line; return how many could not be answered."""
    failed = 0
    for line in read_lines(source):
        result = answer_line(line, book=book, defaults=defaults)
        failed += "error" in result
        sink.write(to_json(result))
        sink.flush()  # the reader may be waiting for this line before it sends the next
        step()
    return failed


def answer_line(line: bytes, *, book: Book, defaults: Defaults) -> dict[str, object]:
    """Return the result of one line, or its id and what was wrong with it."""
    name: object = None
    try:
        entry = _read_entry(line)
        name = _read_id(entry)
        result = to_result(admit_template(consult(_read_message(entry, defaults), book)))
    except AdvisorError as error:
        return {"id": name, "error": str(error)}
    except Exception:  # a bug must not cost the other lines their answers
        if read_settings(os.environ).debug:
            raise
        return {"id": name, "error": _BROKEN}
    return result if name is None else result | {"id": name}


def read_lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; blank ones at the end are none, and of an endless one only the beginning is kept."""
    blank = 0
    while line := source.readline(_LONGEST_LINE):
        if not line.strip():
            blank += 1
            continue
        yield from [b""] * blank
        blank = 0
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = source.readline(_LONGEST_LINE)


def count_lines(source: BinaryIO) -> int | None:
    """Return the number of lines where it can be known beforehand."""
    if not source.seekable():
        return None
    start, total = source.tell(), sum(1 for _ in read_lines(source))
    source.seek(start)
    return total


def _read_entry(line: bytes) -> dict[str, object]:
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LineError from error
    if not isinstance(entry, dict):
        raise LineError
    return entry


def _read_id(entry: dict[str, object]) -> str | int | None:
    name = entry.get("id")
    if name is None or (isinstance(name, str | int) and not isinstance(name, bool)):
        return name
    raise LineError("「id」は文字か整数で書いてください。")


def _read_message(entry: dict[str, object], defaults: Defaults) -> Message:
    as_of = _word(entry, "as_of")
    text = entry.get("text")
    if not isinstance(text, str):
        raise LineError("「text」がないか、文字ではありません。")
    return make_message(
        text,
        as_of=read_day(as_of) if as_of is not None else defaults.as_of,
        platform=_word(entry, "platform") or defaults.platform,
        stage=_word(entry, "stage") or defaults.stage,
        register=_word(entry, "register") or defaults.register,
    )


def _word(entry: dict[str, object], key: str) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return value
    raise LineError(f"「{key}」は文字で書いてください。")
