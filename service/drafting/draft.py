"""Draft: a reply to send, in named parts; the locked ones carry the rules' words."""

from __future__ import annotations

from dataclasses import dataclass

from service.vocabulary import DraftKind, Register, Wording

# In reading order. The soft parts are tone alone and may be reworded; the others are the rules' own words.
PART_NAMES = ("opening", "empathy", "core", "reason", "alternative", "bridge", "closing")
SOFT_PARTS = ("opening", "empathy", "bridge", "closing")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a draft."""

    name: str
    text: str

    @property
    def locked(self) -> bool:
        """Whether the words are the rules' own and must stay as they are."""
        return self.name not in SOFT_PARTS


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply ready to be sent to the client (or, for `report`, to the site's office)."""

    kind: DraftKind
    label: str  # what the button says: 丁寧にお断りする
    register: Register
    parts: tuple[Part, ...]
    wording: Wording = "template"

    @property
    def text(self) -> str:
        """The whole text, a blank line between paragraphs."""
        return "\n\n".join(part.text for part in self.parts)
