"""Topics: what a job is about, told in one of a few known words; the client's own words go nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.intake.view import read_text


@dataclass(frozen=True, slots=True)
class Topics:
    """The known topics, each with the words that name it in a text."""

    words: Mapping[str, tuple[str, ...]]

    def find(self, text: str) -> str:
        """Return the topic whose words stand in the text most often, then first; empty where none does."""
        folded = read_text(text).text.lower()
        found = [
            (-sum(folded.count(word.lower()) for word in words), order, topic)
            for order, (topic, words) in enumerate(self.words.items())
            if any(word.lower() in folded for word in words)
        ]
        return min(found)[2] if found else ""
