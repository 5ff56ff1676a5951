"""UiTexts: every word of the pages' own, in one language, checked to be complete against the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal, get_args

from service.located import Located

UiLanguage = Literal["ja", "en"]
UI_LANGUAGES: tuple[UiLanguage, ...] = get_args(UiLanguage)


@dataclass(frozen=True, slots=True)
class UiTexts:
    """The texts of one language, by dotted name."""

    language: UiLanguage
    words: Mapping[str, str]

    def say(self, name: str, /, **slots: object) -> str:
        """Return a text with its slots filled; raise KeyError for a name that does not exist."""
        text = self.words[name]
        return text.format(**slots) if slots else text

    def group(self, name: str) -> dict[str, str]:
        """Return the texts under a name, in the order of the file: `group("tones")`."""
        head = name + "."
        return {key.removeprefix(head): text for key, text in self.words.items() if key.startswith(head)}


def check_texts(files: Mapping[UiLanguage, Located]) -> dict[UiLanguage, UiTexts]:
    """Return the texts of every language; refuse, by file and line, a name or a slot that the other lacks."""
    flat = {language: _flatten(file) for language, file in files.items()}
    for language, others in ((language, flat[other]) for language in flat for other in flat if other != language):
        for name, (_, place, key) in others.items():
            if name not in flat[language]:
                place.refuse(f"「{name}」が {language}.yaml にありません", key, "両方のファイルに書いてください")
            if _slots(flat[language][name]) != _slots(others[name]):
                place.refuse(f"「{name}」の {{ }} が言語によって違います", key, "同じ名前の {{ }} を書いてください")
    return {
        language: UiTexts(language, {name: text for name, (text, _, _) in words.items()})
        for language, words in flat.items()
    }


_Placed = tuple[str, Located, str]


def _flatten(file: Located, head: str = "") -> dict[str, _Placed]:
    found: dict[str, _Placed] = {}
    for key, value in file.items():
        if isinstance(value, Located):
            found |= _flatten(value, f"{head}{key}.")
        elif isinstance(value, str) and value.strip():
            found[head + key] = (value.strip(), file, key)
        else:
            file.refuse(f"「{head}{key}」は文字で書いてください", key)
    return found


def _slots(placed: _Placed) -> set[Any]:
    text, place, key = placed
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        place.refuse(f"「{key}」の波かっこが閉じていません", key, "{ と } を対にしてください")
