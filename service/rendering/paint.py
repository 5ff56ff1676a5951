"""Pieces of a screen: words with a style, painted with colour or without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# SGR numbers of a terminal.
_STYLES = {
    "": "",
    "bold": "1",
    "faint": "2",
    "marked": "1;4",
    "danger": "1;97;41",
    "against_rules": "1;97;45",
    "caution": "1;30;43",
    "depends": "1;97;44",
    "ok": "1;30;42",
    "frame": "36",
    "title": "1;36",
}
# What would steer the terminal instead of being read: control characters and the marks that turn the reading direction.
_STEERING = dict.fromkeys(
    [*range(0x00, 0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A)], "·"
) | {0x09: " ", 0x0D: " "}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def line(text: str = "", style: str = "") -> Line:
    """Return a line in one style."""
    return (Piece(text, style),)


def paint(lines: Iterable[Line], *, colour: bool) -> str:
    """Return the lines as one text for the terminal, ending with a line end."""
    return "".join("".join(_paint(piece, colour) for piece in each).rstrip() + "\n" for each in lines)


def disarm(text: str) -> str:
    """Replace what would steer the terminal, character by character, so that indices stay."""
    return text.translate(_STEERING)


def _paint(piece: Piece, colour: bool) -> str:
    code = _STYLES[piece.style]
    return f"\x1b[{code}m{piece.text}\x1b[0m" if colour and code and piece.text else piece.text
