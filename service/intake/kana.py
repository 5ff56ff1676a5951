"""Kana: voice marks joined to their letters, and kanji and dashes that pass for katakana."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from service.intake.edits import Change
from service.intake.letters import holds, write_set

_VOICED_PAIRS = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔ"
_SEMIVOICED_PAIRS = "はぱひぴふぷへぺほぽ"


def _pair_up(pairs: str, mark: str) -> dict[str, str]:
    both = pairs + "".join(chr(ord(kana) + 0x60) for kana in pairs)
    return {base + mark: voiced for base, voiced in zip(both[::2], both[1::2], strict=True)}


VOICED = _pair_up(_VOICED_PAIRS, "\u3099") | _pair_up(_SEMIVOICED_PAIRS, "\u309a")

# Kanji and dashes that pass for katakana, read so only inside a katakana run.
KANJI_KANA = {"力": "カ", "夕": "タ", "二": "ニ", "口": "ロ", "八": "ハ", "工": "エ", "卜": "ト", "千": "チ",
              "三": "ミ", "才": "オ", "一": "ー", "-": "ー", "~": "ー"}  # fmt: skip
_LEANING = tuple("ァィゥェォッャュョー")  # never first in a word
_COUNTED = (tuple("ヶヵケカコ"), tuple("月所国条件年日間種点人社"))  # 一ヶ月, 三カ所: numbers, not kana
_KANJI = write_set(char for char, kana in KANJI_KANA.items() if kana != "ー")
# Where there is something to restore; a search says so faster than Python finds the places.
_AMID_KANA = re2.compile(f"[ァ-ヺー]{write_set(KANJI_KANA)}[ァ-ヺー]|{_KANJI}{write_set(_LEANING)}".encode())


def restore_kana(text: str) -> list[Change]:
    """Return the changes that read kanji and dashes as kana: amid kana, or where a small one follows (千ャット)."""
    if not holds(_AMID_KANA, text):
        return []
    doubtful = [index for char in KANJI_KANA if char in text for index in find_all(text, char)]
    restored: dict[int, str] = {}
    for index in sorted(doubtful, reverse=True):  # so that one pass leaves nothing to do
        after = restored.get(index + 1) or text[index + 1 : index + 2]
        if is_katakana(after) and _is_kana(text, index, after, restored.get(index + 2) or text[index + 2 : index + 3]):
            restored[index] = KANJI_KANA[text[index]]
    return [(index, index + 1, restored[index]) for index in sorted(restored)]


def find_all(text: str, char: str) -> Iterator[int]:
    """Yield every index of a character in a text."""
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def is_katakana(char: str) -> bool:
    """Say whether a character is a katakana letter or the long-vowel mark."""
    return "ァ" <= char <= "ヺ" or char == "ー"


def _is_kana(text: str, index: int, after: str, then: str) -> bool:
    """Whether the letter at an index is a kana before katakana `after`, `then` behind it."""
    char, before = text[index], text[index - 1 : index]
    if not is_katakana(before) and (after not in _LEANING or KANJI_KANA[char] == "ー"):
        return False
    if char == "口":  # 口コミ (サイト口コミ) and 一ヶ月 (アプリ一ヶ月) are words of their own, not ロ and ー
        return (after, then) != ("コ", "ミ")
    return after not in _COUNTED[0] or then not in _COUNTED[1]
