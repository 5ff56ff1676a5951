"""Texts of prompts/line become a Talk; whatever is wrong is refused with file and line."""

from __future__ import annotations

from collections.abc import Mapping

from service.located import Located
from service.rendering.line.measure import (
    LONGEST_DISPLAY,
    LONGEST_QUICK_LABEL,
    LONGEST_TEXT,
    count_graphemes,
    count_units,
)
from service.rendering.line.postback import DONE_VALUES
from service.rendering.line.talk import GREETING, TAPS, WORDS, Choice, Saying, Talk

FILES = ("greeting", "help", "say", "done", "examples")
_MOST_EXAMPLES = 3
_SPARE = 500  # UTF-16 units left for what slots are filled with


def parse_talk(files: Mapping[str, Located]) -> Talk:
    """Return the texts of the files named in FILES; raise RuleFileError for the first that cannot be used."""
    files["say"].check_keys(WORDS, required=WORDS)
    files["done"].check_keys(DONE_VALUES, required=DONE_VALUES)
    return Talk(
        greeting=_parse_greeting(files["greeting"]),
        help=_parse_saying(files["help"]),
        sayings={word: _parse_saying(files["say"].part(word), slots) for word, slots in WORDS.items()},
        done={value: _parse_choice(files["done"].part(value), "sentence") for value in DONE_VALUES},
        examples=_parse_examples(files["examples"]),
    )


def _parse_greeting(file: Located) -> dict[str, str]:
    file.check_keys(GREETING, required=GREETING)
    return {name: _read_text(file, name, ("days",) if name == "keeps" else (), most=1500) for name in GREETING}


def _parse_saying(part: Located, slots: tuple[str, ...] = ()) -> Saying:
    part.check_keys(("text", "taps"), required=("text",))
    taps = part.texts("taps")
    for name in taps:
        if name not in TAPS:
            part.refuse(f"ボタン「{name}」はありません", "taps", f"使える名前: {', '.join(TAPS)}")
    return Saying(_read_text(part, "text", slots), taps)


def _parse_choice(part: Located, key: str) -> Choice:
    part.check_keys(("label", key), required=("label", key))
    label, sentence = part.text("label"), part.text(key)
    if count_graphemes(label) > LONGEST_QUICK_LABEL:
        part.refuse(f"「{label}」が長すぎます", "label", f"{LONGEST_QUICK_LABEL}文字までに縮めてください")
    if count_graphemes(sentence) > LONGEST_DISPLAY:
        part.refuse("文章が長すぎます", key, f"{LONGEST_DISPLAY}文字までに縮めてください")
    return Choice(label, sentence)


def _parse_examples(file: Located) -> tuple[Choice, ...]:
    if len(file) > _MOST_EXAMPLES:
        file.refuse(f"例は{_MOST_EXAMPLES}つまでです", list(file)[_MOST_EXAMPLES])
    return tuple(_parse_choice(file.part(name), "text") for name in file)


def _read_text(part: Located, key: str, slots: tuple[str, ...] = (), most: int = LONGEST_TEXT - _SPARE) -> str:
    """Return a text that uses its slots and no others."""
    text = part.text(key).strip()
    rest = text
    for slot in slots:
        if f"{{{slot}}}" not in text:
            part.refuse(f"{{{slot}}} がありません", key, f"文中に {{{slot}}} を書き足してください")
        rest = rest.replace(f"{{{slot}}}", "")
    if "{" in rest or "}" in rest:
        remedy = f"使える名前: {' '.join('{' + slot + '}' for slot in slots)}" if slots else "波かっこは使えません"
        part.refuse("使えない波かっこがあります", key, remedy)
    if count_units(text) > most:
        part.refuse("文章が長すぎます", key, f"{most}文字までに縮めてください")
    return text
