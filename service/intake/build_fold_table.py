"""Write fold_table.py: which character counts as which. Run by a person, never by the service.

`python -m service.intake.build_fold_table` reads the interpreter's Unicode data once; the result is checked in,
so that the same text is read the same way by every Python. Look-alikes are our own list: Unicode's confusables
miss the ones seen in Japanese (厶 for ム), and merge 0/O and 1/l, which would destroy numbers.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from pathlib import Path

from service.intake.kanji_forms import KANJI_FORMS

TARGET = Path(__file__).with_name("fold_table.py")

# Shown as nothing: default ignorables (not all are category Cf), fillers, variation selectors, tags.
IGNORED = [
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]  # fmt: skip
# Marks laid over a letter: accents, strike-through, enclosing circles.
MARKS = [(0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]
SPACES = [0x09, 0x0B, 0x0C, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
LINE_ENDS = [0x0D, 0x85, 0x2028, 0x2029]
MOST_LETTERS = 6  # that one sign stands for (㌖); ﷺ, a whole phrase, stays as it is, lest a text grows eighteen times
DASHES = [*range(0x2010, 0x2016), 0x2212, 0x2500, 0x2501, 0xFE58, 0xFE63, 0xFF0D]

LOOK_ALIKES = {
    # Cyrillic, Greek, Armenian, Cherokee letters drawn like Latin ones
    "АВЕЅІЈКМНОРСТУХҮԌԚԜ": "ABESIJKMHOPCTYXYGQW",
    "асеіјорѕухԁԛԝһӏмткпг": "aceijopsyxdqwhlmtknr",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "οιυναεκρτχη": "oiuvaekptxn",
    "ИԼՕՏᏞᏒ": "NLOSLR",
    # small capitals and letter-like forms
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ": "ABCDEFGHIJKLMNOPRSTUVWYZ",
    "ⅬⅠℒℐℕℰ∟łŁıøØ": "LILINELlLioO",
    # katakana drawn with other signs
    "亻冫厶乂彐〆": "インムメヨメ",
    # digits in filled circles, which Unicode does not call compatible
    "❶❷❸❹❺❻❼❽❾⓿": "1234567890",
    "➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒": "123456789123456789",
    "〜∼": "~~",
    "·•∙⋅‧ꞏ": "・・・・・・",
    "￤│｜┃∣ǀ": "||||||",
    "‘’‚‛′“”„″": "''''''" + '"""',
    "⚪⭕◯": "○○○",
    "✖✕✗✘": "××××",
}
MEANT = {drawn: meant for signs, letters in LOOK_ALIKES.items() for drawn, meant in zip(signs, letters, strict=True)}
# Alphabets drawn in frames: negative circled, squared, flag letters, letters in round brackets.
FRAMED = {
    first + at: chr(base + at)
    for first, base in ((0x1F150, 65), (0x1F170, 65), (0x1F1E6, 65), (0x1F110, 65), (0x249C, 97))
    for at in range(26)
}
VOICE_MARKS = {0x309B: "\u3099", 0x309C: "\u309a", 0xFF9E: "\u3099", 0xFF9F: "\u309a"}
# Given outright: kanji written otherwise, signs drawn for another one, line ends, spaces, dashes, spacing voice marks.
GIVEN: dict[int, str] = (
    {ord(written): read for written, read in KANJI_FORMS.items()}
    | {ord(drawn): meant for drawn, meant in MEANT.items()}
    | FRAMED
    | VOICE_MARKS
    | dict.fromkeys(LINE_ENDS, "\n")
    | dict.fromkeys(SPACES, " ")
    | dict.fromkeys(DASHES, "-")
)


def fold_character(char: str) -> str:
    """Return what one character counts as, one step."""
    code = ord(char)
    if any(low <= code <= high for low, high in IGNORED + MARKS):
        return ""
    if code in GIVEN:
        return GIVEN[code]
    if 0x00C0 <= code <= 0x024F or 0x1E00 <= code <= 0x1EFF:  # Latin letters with accents: the letter
        return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    if 0x3041 <= code <= 0x30FF:
        return char
    return unicodedata.normalize("NFKC", char)


def build_table() -> dict[str, str]:
    """Fold every assigned character until nothing changes; keep the ones that change."""
    table = {}
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cn", "Cs", "Co") and not any(low <= code <= high for low, high in IGNORED):
            continue
        folded = char
        for _ in range(4):
            folded = "".join(fold_character(part) for part in folded)
        if folded != char and len(folded) <= MOST_LETTERS:
            table[char] = folded
    return table


def digest(table: dict[str, str]) -> str:
    """Hash a table, independent of its order."""
    lines = (f"{ord(char):x}\t{folded}" for char, folded in sorted(table.items()))
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def render_module(table: dict[str, str]) -> str:
    """Write the table as a module: two aligned strings, quick to load."""
    pairs = sorted(table.items())
    same = "".join(f"{char}{folded}" for char, folded in pairs if len(folded) == 1 and folded not in "\n")
    rest = {char: folded for char, folded in pairs if len(folded) != 1 or folded == "\n"}
    rows = "\n".join(f"    {same[at : at + 40]!a}" for at in range(0, len(same), 40))
    other = "\n".join(f"    {char!a}: {folded!a}," for char, folded in rest.items())
    return (
        '"""Which character counts as which. Made by build_fold_table.py; do not edit by hand."""\n\n'
        "# fmt: off\n"
        f'UNICODE_VERSION = "{unicodedata.unidata_version}"\n'
        f'DIGEST = "{digest(table)}"\n'
        f"_PAIRS = (\n{rows}\n)\n"
        f"_OTHERS = {{\n{other}\n}}\n"
        "FOLD: dict[str, str] = {**dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)), **_OTHERS}\n"
    )


if __name__ == "__main__":
    TARGET.write_text(render_module(build_table()), encoding="utf-8")
    print(f"{TARGET.name}: {len(build_table())} characters, Unicode {unicodedata.unidata_version}")
