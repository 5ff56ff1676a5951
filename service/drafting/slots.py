"""Slots: what may stand in braces in a draft, and a part of a draft file that carries them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

# These have a value on every site.
ALWAYS = ("asked", "site", "office", "channel_in_site", "before_work")
# These have a value on some sites only; a part that uses one must say so in its header: [alternative ?builtin_call].
SOMETIMES = ("application", "application_where", "builtin_call", "report_button", "quote")
SLOTS = ALWAYS + SOMETIMES
# A slot that always comes with another one: asking for the second is enough.
COMES_WITH = {"application_where": "application"}

_SLOT = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part as the file has it: used where all of `needs` have a value and none of `lacks` has one."""

    name: str
    text: str
    line: int
    needs: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()

    def fits(self, filled: Collection[str]) -> bool:
        """Say whether the part is used when these slots have a value."""
        return self.needs.issubset(filled) and self.lacks.isdisjoint(filled)


def find_slots(text: str) -> tuple[str, ...]:
    """Return the names in braces, in the order they stand."""
    return _split(text)[1::2]


def fill_slots(text: str, values: Mapping[str, str]) -> str:
    """Put each slot's value in its place; a value is never read for slots of its own."""
    pieces = _split(text)
    if len(pieces) == 1:
        return text
    filled = [*pieces]
    filled[1::2] = [values[slot] for slot in pieces[1::2]]
    return "".join(filled)


@lru_cache(maxsize=4096)  # more than there are parts of draft files
def _split(text: str) -> tuple[str, ...]:
    """Return the words around slots and, between them, the slots' names."""
    return tuple(_SLOT.split(text))
