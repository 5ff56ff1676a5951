"""The worker's text with the client's words underlined where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len

from service.rendering.paint import Line, Piece, disarm, line
from service.rendering.wrap import wrap

_MOST_LINES = 24  # a longer text shows its marked lines and what stands around them
_AROUND = 2


def show_quoted(text: str, spans: Sequence[tuple[int, int]], *, width: int, colour: bool) -> list[Line]:
    """Return the text with spans underlined: by style, or by marks under the line where there is no colour."""
    safe = disarm(text).rstrip()
    slices = wrap(safe, width - 4)
    kept = _kept(slices, spans)
    lines: list[Line] = []
    skipped = 0
    for index, (start, end) in enumerate(slices):
        if index not in kept:
            skipped += 1
            continue
        lines += _skipping(skipped)
        skipped = 0
        pieces = _cut(safe, start, end, spans)
        lines.append((Piece("  │ ", "frame"), *pieces))
        if not colour and any(piece.style for piece in pieces):
            lines.append((Piece("  │ "), *(Piece(_underline(piece)) for piece in pieces)))
    return lines + _skipping(skipped)


def _kept(slices: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> set[int]:
    if len(slices) <= _MOST_LINES:
        return set(range(len(slices)))
    marked = [i for i, (low, high) in enumerate(slices) if any(a < high and b > low for a, b in spans)]
    near = {i + step for i in [0, *marked] for step in range(-_AROUND, _AROUND + 1)}
    return {i for i in near if 0 <= i < len(slices)}


def _skipping(count: int) -> list[Line]:
    return [line(f"  ⋮ （{count}行略）", "faint")] if count else []


def _cut(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    edges = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
    pieces = []
    for low, high in pairwise(edges):
        marked = any(a <= low and high <= b for a, b in spans)
        pieces.append(Piece(text[low:high], "marked" if marked else ""))
    return pieces


def _underline(piece: Piece) -> str:
    return ("^" if piece.style else " ") * cell_len(piece.text)
