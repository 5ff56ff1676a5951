"""Vocabulary: the words and sentence shapes that a model may use, place by place; whatever else it says is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import re2

from service.errors import RuleFileError
from service.located import Located

_STEP = re.compile(r"\{([a-z_]+(?:\|[a-z_]+)*)\}([*?]?)")
SORTS = ("warm", "regret", "against", "onward", "open")
_MOST_MEMORY = 64 << 20  # bytes for one shape's automaton


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a whole sentence. `sort` is how it is meant (one of SORTS), empty for a plain one."""

    name: str
    pattern: Any
    sort: str = ""

    def fits(self, sentence: str) -> bool:
        """Say whether a sentence, without its full stop, has this shape."""
        return self.pattern.fullmatch(sentence) is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be said in each place: the shapes, the commonest first."""

    places: Mapping[str, tuple[Shape, ...]]

    def find_sorts(self, place: str, sentence: str) -> frozenset[str]:
        """Return the sorts of the shapes that admit a sentence in this place, a plain one ("") alone; none: unknown."""
        sorts: set[str] = set()
        for shape in self.places[place]:
            if shape.sort not in sorts and shape.fits(sentence):
                if not shape.sort:
                    return frozenset(("",))
                sorts.add(shape.sort)
        return frozenset(sorts)


def build_vocabulary(files: Iterable[Located], topics: Iterable[str]) -> Vocabulary:
    """Compile the vocabulary files; raise a RuleFileError that names what is wrong in which file."""
    places: dict[str, tuple[Shape, ...]] = {}
    for file in files:
        places |= _read_file(file, topics)
    return Vocabulary(places)


def _read_file(file: Located, topics: Iterable[str]) -> dict[str, tuple[Shape, ...]]:
    _check_words(file)
    words = {name: _join(forms, topics) for name, forms in _section(file, "words").items()}
    forms = _section(file, "forms")
    sorts = {name: sort for sort in SORTS for name in file.get(sort) or ()}
    shapes = {name: Shape(name, _compile(name, form, words, file), sorts.get(name, "")) for name, form in forms.items()}
    for name in [*sorts, *(name for names in _section(file, "places").values() for name in names)]:
        if name not in shapes:
            raise RuleFileError(f"形「{name}」がありません", file=file.file, remedy="forms に書くか、綴りを直す")
    _check_used(words, forms, file)
    return {place: tuple(shapes[name] for name in names) for place, names in _section(file, "places").items()}


def _section(file: Located, name: str) -> Mapping[str, Any]:
    section = file.get(name)
    if not isinstance(section, dict):
        raise RuleFileError(f"{name} がありません", file=file.file, remedy="「名前: 値」の形で書く")
    return section


def _join(forms: Iterable[str], topics: Iterable[str]) -> str:
    alternatives = "|".join(forms).replace("{topics}", f"(?:{'|'.join(map(re.escape, topics))})")
    return f"(?:(?:{alternatives})、?)".replace("(?:", "(").replace("(", "(?:")


def _compile(name: str, form: str, words: Mapping[str, str], file: Located) -> Any:
    """Turn `{time|noun}* {thank}` into one linear expression."""
    if _STEP.sub("", form).strip():
        raise RuleFileError(f"形「{name}」を読み取れません", file=file.file, remedy="{words}、{a|b}*、{a}? を並べる")
    steps = []
    for group, often in _STEP.findall(form):
        if missing := [each for each in group.split("|") if each not in words]:
            raise RuleFileError(f"「{missing[0]}」がありません（{name}）", file=file.file, remedy="words に書く")
        steps.append(f"(?:{'|'.join(words[each] for each in group.split('|'))}){often}")
    return _try("".join(steps), name, file)


def _try(expression: str, name: str, file: Located) -> Any:
    options = re2.Options()
    options.max_mem, options.log_errors = _MOST_MEMORY, False
    try:
        return re2.compile(expression, options)
    except re2.error as error:
        raise RuleFileError(f"「{name}」の言葉に誤りがあります（{error}）", file=file.file) from error


def _check_words(file: Located) -> None:
    """A word that may be nothing would let a shape do without what it needs."""
    for name, forms in _section(file, "words").items():
        for form in forms:
            if _try(form.replace("{topics}", "x"), name, file).fullmatch(""):
                raise RuleFileError(
                    f"{name} の「{form}」は空文字にも合います", file=file.file, remedy="どれかを必ず書く"
                )


def _check_used(words: Mapping[str, str], forms: Mapping[str, str], file: Located) -> None:
    used = {word for form in forms.values() for group, _ in _STEP.findall(form) for word in group.split("|")}
    if unused := sorted(words.keys() - used):
        raise RuleFileError(f"「{unused[0]}」はどの形にも使われていません", file=file.file, remedy="消すか、形に加える")
