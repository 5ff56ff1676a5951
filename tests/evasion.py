"""The ways a text is disguised: evasive transforms hide the words that give it away, benign ones only dress it.

An evasive transform gets a text and the words to hide; it returns the text unchanged where it does not apply.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

# What senders hide: the names of channels, and the words that invite to them. Longest first.
HIDDEN = (
    "チャットワーク", "メールアドレス", "カカオトーク", "Googleミート", "ディスコード", "インスタグラム", "Google Meet",
    "テレグラム", "Telegram", "Chatwork", "WhatsApp", "電話番号", "スカイプ", "ビデオ通話", "Discord", "メッセンジャー",
    "WeChat", "Skype", "Slack", "スラック", "インスタ", "カカオ", "ライン", "ズーム", "メール", "Teams", "Zoom", "LINE",
    "ZOOM", "通話", "電話", "TEL",
)  # fmt: skip

Hide = Callable[[str], str]
Evade = Callable[[str, Sequence[str]], str]
Dress = Callable[[str], str]

_LOOKS = str.maketrans("ABEIKMHOPCTXYaceopxyi", "АВЕІКМНОРСТХУасеорхуі")
_SMALL_CAPS = str.maketrans("ABCDEFGHIJKLMNOPRSTUVWYZ", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")
_SMALL_KANA = str.maketrans("アイウエオツヤユヨ", "ァィゥェォッャュョ")
_KANJI_KANA = str.maketrans("カタニロハエトチ", "力夕二口八工卜千")
_HALF_KANA = {
    unicodedata.normalize("NFKC", chr(code) + mark): chr(code) + mark
    for code in range(0xFF66, 0xFF9E) for mark in ("", "\uff9e", "\uff9f")
    if len(unicodedata.normalize("NFKC", chr(code) + mark)) == 1
} | {"ー": "ｰ"}  # fmt: skip
_DIGITS = "0123456789"


def _each(hide: Hide) -> Evade:
    """Hide every one of the words where it stands."""
    return lambda text, words: _pattern(words).sub(lambda match: hide(match[0]), text)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Match the words, longest first; kana only as a word of their own (オンライン is not ライン)."""
    whole = [re.escape(word) if word[0] < "ァ" or word[0] > "ヶ" else f"(?<![ァ-ヶー]){word}" for word in words]
    return re.compile("|".join(sorted(whole, key=len, reverse=True)))


def _joined(sign: str) -> Evade:
    return _each(lambda word: sign.join(word))


def _after_letters(mark: str) -> Evade:
    return _each(lambda word: "".join(char + mark for char in word))


def _framed(capital: int, small: int | None = None) -> Evade:
    """Draw Latin letters as the 26 signs from `capital` on; the small ones too, or as capitals."""
    firsts = {65: capital, 97: capital if small is None else small}
    table = {base + at: chr(first + at) for base, first in firsts.items() for at in range(26)}
    return _each(lambda word: word.translate(table))


def _translated(table: dict[int, int] | dict[int, str]) -> Evade:
    return _each(lambda word: word.translate(table))


def _masked(sign: str) -> Evade:
    """Put a mask over the second letter of words that stay readable under it."""
    return _each(lambda word: word[0] + sign + word[2:] if len(word) >= 3 else word)


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _hiragana(word: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in word)


def _stretch(word: str) -> str:
    """ライン → ラーイーン: a long-vowel mark after each kana that has none."""
    return re.sub(r"([ァ-ヶ])(?=[ァ-ヶ])", r"\1ー", word)


def _alternate(word: str) -> str:
    return "".join(char.upper() if at % 2 == 0 else char.lower() for at, char in enumerate(word))


def _break_line(word: str) -> str:
    return "\n".join(word) if len(word) >= 3 else word


def _in_brackets(word: str) -> str:
    return "".join(f"【{char}】" for char in word)


def _digits(drawn: str) -> Evade:
    """Write phone numbers' digits with other signs."""
    table = str.maketrans(_DIGITS, drawn)
    return lambda text, words: re.sub(
        r"\d{2,4}[-ー]?\d{2,4}[-ー]?\d{3,4}", lambda match: match[0].translate(table), text
    )


def _address(at: str, dot: str) -> Evade:
    """Write e-mail addresses with words for their signs."""
    return lambda text, words: re.sub(
        r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)",
        lambda match: f"{match[1]}{at}{match[2].replace('.', dot)}",
        text,
        flags=re.A,
    )


def _break_at_phrases(text: str) -> str:
    """Break lines as careful writers do: behind a particle or a comma, about every fourteen letters."""
    broken, width = "", 0
    for char, after in zip(text, text[1:] + "。", strict=True):
        broken, width = broken + char, 0 if char in "。\n" else width + 1
        if width >= 14 and char in "、をにがはでとて" and after not in "、。はがもので\n":
            broken, width = broken + "\n", 0
    return broken


EVASIVE: dict[str, Evade] = {
    "spaces": _joined(" "),
    "double spaces": _joined("  "),
    "full-width spaces": _joined("\u3000"),
    "full stops": _joined("."),
    "middle dots": _joined("・"),
    "slashes": _joined("/"),
    "hyphens": _joined("-"),
    "underscores": _joined("_"),
    "emoji": _joined("🌟"),
    "hearts": _joined("♡"),
    "brackets": _each(_in_brackets),
    "line breaks": _each(_break_line),
    "zero-width joiners": _joined("\u200d"),
    "zero-width spaces": _joined("\u200b"),
    "soft hyphens": _joined("\u00ad"),
    "byte order marks": _joined("\ufeff"),
    "variation selectors": _after_letters("\ufe0f"),
    "strike-through": _after_letters("\u0336"),
    "circles laid over": _after_letters("\u20dd"),
    "full width": _each(_full_width),
    "half-width kana": _each(lambda word: "".join(_HALF_KANA.get(char, char) for char in word)),
    "split voice marks": _each(lambda word: unicodedata.normalize("NFD", word)),
    "hiragana": _each(_hiragana),
    "small kana": _translated(_SMALL_KANA),
    "long vowels": _each(_stretch),
    "mask ○": _masked("○"),
    "mask *": _masked("*"),
    "mask ●": _masked("●"),
    "Cyrillic look-alikes": _translated(_LOOKS),
    "small capitals": _translated(_SMALL_CAPS),
    "circled": _framed(0x24B6, 0x24D0),
    "negative circled": _framed(0x1F150),
    "squared": _framed(0x1F130),
    "negative squared": _framed(0x1F170),
    "flag letters": _framed(0x1F1E6),
    "bold": _framed(0x1D400, 0x1D41A),
    "1 for I": _translated(str.maketrans("Il", "11")),
    "l for I": _translated(str.maketrans("I", "l")),
    "0 for O": _translated(str.maketrans("Oo", "00")),
    "厶 for ム": _translated(str.maketrans("ム", "厶")),
    "kanji for kana": _translated(_KANJI_KANA),
    "dash for ー": _translated(str.maketrans("ー", "—")),
    "minus for ー": _translated(str.maketrans("ー", "－")),
    "一 for ー": _translated(str.maketrans("ー", "一")),
    "mixed case": _each(_alternate),
    "full-width digits": _digits("０１２３４５６７８９"),
    "kanji digits": _digits("〇一二三四五六七八九"),
    "circled digits": _digits("⓪①②③④⑤⑥⑦⑧⑨"),
    "filled digits": _digits("⓿❶❷❸❹❺❻❼❽❾"),
    "あっとまーく どっと": _address("あっとまーく", "どっと"),
    "(at) (dot)": _address("(at)", "(dot)"),
    "★ for @": _address("★", "."),
    "＠ full width": _address("＠", "．"),
}  # fmt: skip

BENIGN: dict[str, Dress] = {
    "full-width punctuation": lambda text: text.replace(",", "，").replace("!", "！").replace("?", "？"),
    "half-width punctuation": lambda text: text.replace("！", "!").replace("？", "?"),
    "quotes around": lambda text: f"「{text}」",
    "bullets": lambda text: "\n".join(f"・{line}" for line in text.split("\n")),
    "numbered": lambda text: "\n".join(f"{at}. {line}" for at, line in enumerate(text.split("\n"), 1)),
    "greeting before": lambda text: f"お世話になっております。\n{text}",
    "greeting after": lambda text: f"{text}\nどうぞよろしくお願いいたします。",
    "windows line ends": lambda text: text.replace("\n", "\r\n") + "\r\n",
    "lines broken at phrases": _break_at_phrases,
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "spaces at the ends": lambda text: f"  {text} \u3000",
    "full-width digits and signs": lambda text: re.sub(r"[0-9%&()+]", lambda match: chr(ord(match[0]) + 0xFEE0), text),
    "byte order mark": lambda text: "\ufeff" + text,
    "emoji after": lambda text: f"{text}😊",
}


def find_hidden(text: str, words: Sequence[str] = HIDDEN) -> list[str]:
    """Return which of the words stand in a text."""
    return list(dict.fromkeys(match[0] for match in _pattern(words).finditer(text)))


def evade(text: str, words: Sequence[str] = HIDDEN) -> dict[str, str]:
    """Return the disguised versions of a text, by the transform's name; only those that changed it."""
    present = find_hidden(text, words) or ["\0"]  # nothing to hide: those on digits and addresses still apply
    return {name: changed for name, transform in EVASIVE.items() if (changed := transform(text, present)) != text}


def dress(text: str) -> dict[str, str]:
    """Return the harmlessly changed versions of a text, by the transform's name; only those that changed it."""
    return {name: changed for name, transform in BENIGN.items() if (changed := transform(text)) != text}
