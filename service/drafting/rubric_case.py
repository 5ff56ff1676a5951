"""Case: a draft as the rubric looks at it, with what it answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.drafting.draft import Draft
from service.vocabulary import AskKind, Language


@dataclass(frozen=True, slots=True)
class Case:
    """A draft with what it answers: the asks, the site's slots and the client's own text."""

    draft: Draft
    asks: Collection[AskKind]
    slots: Mapping[str, str]
    language: Language = "ja"
    client_text: str = ""

    @property
    def own(self) -> str:
        """The draft's words without the client's quote in it."""
        return self.draft.text.replace(self.slots.get("quote") or "\0", "")

    def part(self, name: str) -> str:
        """Return a part's words, empty when the draft has none."""
        return next((part.text for part in self.draft.parts if part.name == name), "")


def split_sentences(text: str) -> list[str]:
    """Return the sentences; list items, headings and the address line are none."""
    lines = [line for line in text.split("\n") if not line.startswith(("・", "「")) and not line.endswith("様")]
    return [each for line in lines for each in line.split("。") if each]
