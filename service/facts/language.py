"""Language: Japanese where there is kana, Chinese where there are only ideographs, else English."""

from __future__ import annotations

from service.vocabulary import Language


def detect_language(text: str) -> Language:
    """Return the language a text is mostly written in, by its letters alone."""
    kana = 0
    for char in text:
        kana += "ぁ" <= char <= "ヿ"
        if kana > 1:
            return "ja"
    chars = set(text)
    han = sum(text.count(char) for char in chars if "一" <= char <= "鿿")
    latin = sum(text.count(char) for char in chars if "a" <= char <= "z" or "A" <= char <= "Z")
    if not (han or latin):
        return "ja"
    if han * 3 > latin:
        return "zh"
    return "en"
