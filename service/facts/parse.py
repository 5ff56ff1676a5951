"""Rule files become terms and patterns; anything wrong is told by file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from service.facts.fold_pattern import fold_pattern, fold_word
from service.facts.lexicon import Edges, Term
from service.facts.pattern import FactType, Pattern, Scope
from service.located import Located
from service.vocabulary import ASK_KINDS, CLAIM_KINDS, PLATFORMS, ROLES, STAGES

_KINDS: dict[str, Sequence[str]] = {
    "ask": ASK_KINDS, "claim": CLAIM_KINDS, "stage": STAGES, "role": ROLES, "site": PLATFORMS, "future": STAGES,
}  # fmt: skip
_TERM_KEYS = ("about", "words", "patterns", "disguised", "edges", "exact_case", "covers", "not_before", "not_after",
              "channel", "severe", "overlapping", "anchored")  # fmt: skip
_PATTERN_KEYS = ("id", "about", "needs", "within", "scope", "ordered", "preceded", "unless", "unless_before", "unless_after",
                 "unless_text", "quoted_counts", "negatable", "subject_counts", "roles", "section", "not_section")  # fmt: skip
_GUARDS = ("unless", "unless_before", "unless_after", "unless_text")


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule file promises to hit, to miss, or to learn."""

    text: str
    expect: str  # hit | miss | todo
    fact: str
    kind: str
    file: str
    line: int


def parse_terms(file: Located) -> list[Term]:
    """Return the terms of a lexicon file."""
    file.check_keys(("about", "fragments", "terms", "groups"), ("about", "terms"))
    block = file.part("fragments")
    fragments = {f"<{name}>": block.text(name) for name in block}
    return [_parse_term(name, file.part("terms").part(name), fragments) for name in file.part("terms")]


def _parse_term(name: str, part: Located, fragments: Mapping[str, str]) -> Term:
    part.check_keys(_TERM_KEYS)
    words, disguised = (tuple(map(fold_word, part.texts(key))) for key in ("words", "disguised"))
    patterns = tuple(fold_pattern(_fill(pattern, fragments)) for pattern in part.texts("patterns"))
    if not words and not disguised and not patterns:
        part.refuse(f"語彙「{name}」に言葉がありません", None, "words: に言葉を書いてください")
    return Term(
        name=name,
        words=words,
        patterns=patterns,
        disguised=disguised,
        edges=part.one_of("edges", get_args(Edges), "both"),
        exact_case=part.flag("exact_case"),
        covers=part.texts("covers"),
        not_before=part.texts("not_before"),
        not_after=part.texts("not_after"),
        channel=part.text("channel") or None,
        severe=part.flag("severe"),
        overlapping=part.flag("overlapping"),
        anchored=part.flag("anchored"),
        file=part.file,
        line=part.line,
    )


def _fill(pattern: str, fragments: Mapping[str, str]) -> str:
    """Put the lists of words that several expressions share where their names stand."""
    for name, expression in fragments.items():
        pattern = pattern.replace(name, f"(?:{expression})")
    return pattern


def parse_groups(file: Located) -> dict[str, tuple[str, ...]]:
    """Return the named groups of terms in a lexicon file."""
    block = file.part("groups")
    return {name: block.texts(name) for name in block}


def parse_patterns(file: Located, groups: Mapping[str, tuple[str, ...]]) -> list[Pattern]:
    """Return the patterns of a fact file; `@name` stands for every term of a group."""
    file.check_keys(
        ("fact", "kind", "title", "about", *_GUARDS, "not_section", "patterns", "examples"),
        ("fact", "kind", "patterns"),
    )
    fact = file.one_of("fact", get_args(FactType))
    kind = file.one_of("kind", _KINDS[fact]) if fact in _KINDS else file.text("kind")
    return [_parse_pattern(file, part, fact, kind, groups) for part in file.parts("patterns")]


def _expand(place: str, part: Located, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    names: list[str] = []
    for name in (piece.strip() for piece in place.split("|")):
        if name.startswith("@") and name[1:] not in groups:
            part.refuse(f"語彙のまとまり「{name}」がありません", "needs", f"使えるもの: {', '.join(sorted(groups))}")
        names += groups[name[1:]] if name.startswith("@") else [name]
    return tuple(names)


def _parse_pattern(
    file: Located, part: Located, fact: FactType, kind: str, groups: Mapping[str, tuple[str, ...]]
) -> Pattern:
    part.check_keys(_PATTERN_KEYS, ("id", "needs"))
    guards = {key: file.texts(key) + part.texts(key) for key in _GUARDS}
    for role in part.texts("roles"):
        if role not in ROLES:
            part.refuse(f"「roles: {role}」は使えません", "roles", f"使える値: {', '.join(ROLES)}")
    return Pattern(
        id=part.text("id"),
        fact=fact,
        kind=kind,
        needs=tuple(_expand(place, part, groups) for place in part.texts("needs")),
        within=part.number("within", 40),
        scope=part.one_of("scope", get_args(Scope), "sentence"),
        ordered=part.flag("ordered"),
        preceded=part.flag("preceded"),
        negatable=part.flag("negatable", fact == "ask"),
        quoted_counts=part.flag("quoted_counts", fact != "ask"),
        subject_counts=part.flag("subject_counts", fact != "ask"),
        roles=part.texts("roles"),  # type: ignore[arg-type]
        section=part.texts("section"),
        not_section=file.texts("not_section") + part.texts("not_section"),
        file=part.file,
        line=part.line,
        **guards,
    )


def parse_examples(file: Located) -> list[Example]:
    """Return the examples a fact file carries."""
    block = file.part("examples")
    block.check_keys(("hit", "miss", "todo"))
    fact, kind = file.text("fact"), file.text("kind")
    return [
        Example(text, expect, fact, kind, file.file, block.lines[expect])
        for expect in ("hit", "miss", "todo")
        for text in block.texts(expect)
    ]
