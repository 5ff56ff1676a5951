"""Lengths as LINE counts them: UTF-16 units for texts, grapheme clusters for labels, bytes of JSON for bubbles."""

from __future__ import annotations

import json

from rich.cells import split_graphemes

LONGEST_TEXT = 5000  # UTF-16 units of a text message
LONGEST_ALT_TEXT = 1500  # UTF-16 units
LONGEST_CLIPBOARD = 1000  # UTF-16 units
LONGEST_POSTBACK = 300  # UTF-16 units of `data`
LONGEST_DISPLAY = 300  # grapheme clusters of what a tap says
LONGEST_QUICK_LABEL = 20  # grapheme clusters
LONGEST_BUTTON_LABEL = 40  # grapheme clusters
LONGEST_URI = 10_000  # characters, percent-encoded
MOST_QUICK_REPLIES = 13
MOST_MESSAGES = 5  # of one reply
# Control signs, and such as turn the writing's direction or hide: clusters of their own, which rich counts with the letter before.
_CONTROLS = frozenset(
    map(
        chr,
        (
            *range(0x20),
            *range(0x7F, 0xA0),
            0xAD,
            0x200B,
            0x200E,
            0x200F,
            *range(0x2028, 0x202F),
            *range(0x2060, 0x2070),
            0xFEFF,
        ),
    )
)
LARGEST_BUBBLE = 30_000  # bytes; LINE says 30 KB without saying which


def count_units(text: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_graphemes(text: str) -> int:
    """Return the number of grapheme clusters: what a reader takes for one character."""
    return len(split_graphemes(text)[0])


def count_bytes(value: object) -> int:
    """Return the bytes of a value as JSON with every sign escaped: the most it can take on the way."""
    return len(json.dumps(value, separators=(",", ":")))


def cut_units(text: str, most: int) -> str:
    """Return the beginning of a text that fits, ending in 「…」 where something was left out; no cluster is broken."""
    if count_units(text) <= most:
        return text
    return text[: fit_units(text, most - 1)].rstrip() + "…"


def cut_graphemes(text: str, most: int) -> str:
    """Return the beginning of a label that fits, ending in 「…」 where something was left out."""
    if len(text) <= most:  # no text has more clusters than characters
        return text
    used, end = 0, 0
    for start, stop, _ in split_graphemes(text)[0]:
        used += 1 + sum(char in _CONTROLS for char in text[start:stop])
        if used > most:
            return text[:end].rstrip() + "…"
        end = stop if used < most else end
    return text


def fit_units(text: str, most: int) -> int:
    """Return how many characters from the start fit into so many units without breaking a cluster."""
    if count_units(text) <= most:
        return len(text)
    used, end = 0, 0
    for start, stop, _ in split_graphemes(text)[0]:
        used += count_units(text[start:stop])
        if used > most:
            return end or fit_characters(text, most)
        end = stop
    return end


def fit_characters(text: str, most: int) -> int:
    """Return how many characters fit into so many units; for a single cluster that is too long by itself."""
    used = 0
    for index, char in enumerate(text):
        used += count_units(char)
        if used > most:
            return index
    return len(text)
