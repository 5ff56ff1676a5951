"""Kana: voice marks joined to their letters, and kanji and dashes that pass for katakana."""

from __future__ import annotations

from collections.abc import Iterator

_VOICED_PAIRS = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔ"
_SEMIVOICED_PAIRS = "はぱひぴふぷへぺほぽ"


def _pair_up(pairs: str, mark: str) -> dict[str, str]:
    both = pairs + "".join(chr(ord(kana) + 0x60) for kana in pairs)
    return {base + mark: voiced for base, voiced in zip(both[::2], both[1::2], strict=True)}


VOICED = _pair_up(_VOICED_PAIRS, "\u3099") | _pair_up(_SEMIVOICED_PAIRS, "\u309a")

# Kanji and dashes that pass for katakana, read so only inside a katakana run.
_KANJI_KANA = {"力": "カ", "夕": "タ", "二": "ニ", "口": "ロ", "八": "ハ", "工": "エ", "卜": "ト", "千": "チ",
               "三": "ミ", "才": "オ", "一": "ー", "-": "ー", "~": "ー"}  # fmt: skip
_LEANING = tuple("ァィゥェォッャュョー")  # never first in a word
_COUNTED = (tuple("ヶヵケカコ"), tuple("月所国条件年日間種点人社"))  # 一ヶ月, 三カ所: numbers, not kana


def restore_kana(text: str) -> str:
    """Read kanji and dashes as kana where kana stand on both sides, or a small kana follows (千ャット)."""
    doubtful = [index for char in _KANJI_KANA if char in text for index in find_all(text, char)]
    if not any(_is_amid_kana(text[index - 1 : index], text[index], text[index + 1 : index + 2]) for index in doubtful):
        return text
    chars = ["", *text, ""]
    for index in sorted((index + 1 for index in doubtful), reverse=True):  # so that one pass leaves nothing to do
        if _is_amid_kana(*chars[index - 1 : index + 2]) and not _is_word(chars, index):
            chars[index] = _KANJI_KANA[chars[index]]
    return "".join(chars)


def find_all(text: str, char: str) -> Iterator[int]:
    """Yield every index of a character in a text."""
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def is_katakana(char: str) -> bool:
    """Say whether a character is a katakana letter or the long-vowel mark."""
    return "ァ" <= char <= "ヺ" or char == "ー"


def _is_amid_kana(before: str, char: str, after: str) -> bool:
    if after in _LEANING and _KANJI_KANA[char] != "ー":
        return True
    return is_katakana(before) and is_katakana(after)


def _is_word(chars: list[str], index: int) -> bool:
    """口コミ (サイト口コミ) and 一ヶ月 (アプリ一ヶ月) are words of their own, not ロ and ー."""
    char, after, then = chars[index], chars[index + 1], chars[index + 2 : index + 3]
    if char == "口":
        return after == "コ" and then == ["ミ"]
    return after in _COUNTED[0] and then[0] in _COUNTED[1]
