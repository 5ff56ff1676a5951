"""Read the text to be judged: an argument, or standard input as UTF-8 bytes."""

from __future__ import annotations

import codecs
import sys
from typing import BinaryIO

from service.errors import EmptyText, InputError, TextTooLong, UnreadableText
from service.intake.message import LONGEST_TEXT

_MOST_BYTES = LONGEST_TEXT * 4 + 4  # no text that can be judged takes more in UTF-8


def read_text(given: str | None) -> str:
    """Return the text given, or what stands on standard input."""
    if given is not None and given != "-":
        return given
    stream = standard_input()
    if stream.isatty():
        print("メッセージを貼り付けて、最後に Ctrl+D を押してください。", file=sys.stderr)
    try:
        return decode(stream.read(_MOST_BYTES))
    except OSError as error:
        raise UnreadableText("標準入力を読めませんでした。文章かファイルを渡してください。") from error


def decode(data: bytes) -> str:
    """Return bytes as text; refuse what is not UTF-8, and what is longer than any text that is judged."""
    cut = len(data) >= _MOST_BYTES
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data, final=not cut)
    except UnicodeDecodeError as error:
        raise UnreadableText from error
    if "\x00" in text:
        raise UnreadableText
    if cut:
        raise TextTooLong(f"文章が長すぎます。{LONGEST_TEXT:,}文字までに分けて、もう一度お試しください。")
    return text


def standard_input() -> BinaryIO:
    """Return standard input as bytes."""
    if sys.stdin is None:  # closed by the caller: <&-
        raise EmptyText
    return sys.stdin.buffer


def open_batch(name: str) -> BinaryIO:
    """Open a batch file; `-` is standard input."""
    if name == "-":
        return standard_input()
    try:
        return open(name, "rb")  # noqa: PTH123 - closed by the caller, read line by line
    except OSError as error:
        raise InputError(f"ファイル「{name}」を開けません。場所と名前を確かめてください。") from error
