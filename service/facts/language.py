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
    han = sum("一" <= char <= "鿿" for char in text)
    latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in text)
    if not (han or latin):
        return "ja"
    if han * 3 > latin:
        return "zh"
    return "en"
