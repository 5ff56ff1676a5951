"""Language: Japanese where there is kana, Chinese where there are only ideographs, else English."""

from __future__ import annotations

from collections import Counter

import re2

from service.intake.letters import holds
from service.vocabulary import Language

_GLANCE = 40  # letters: most texts show what they are by then
_TWO_KANA = re2.compile("[ぁ-ヿ](?s:.*?)[ぁ-ヿ]".encode())


def detect_language(text: str) -> Language:
    """Return the language a text is mostly written in, by its letters alone."""
    glance = sum("ぁ" <= char <= "ヿ" for char in text[:_GLANCE])
    if glance >= 2 or holds(_TWO_KANA, text):
        return "ja"
    counts = Counter(text)
    han = sum(count for char, count in counts.items() if "一" <= char <= "鿿")
    latin = sum(count for char, count in counts.items() if "a" <= char <= "z" or "A" <= char <= "Z")
    if not (han or latin):
        return "ja"
    if han * 3 > latin:
        return "zh"
    return "en"
