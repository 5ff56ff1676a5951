"""Turn the text of a draft file into a template; say file, line and remedy where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from service.drafting.check import check_parts
from service.drafting.draft import PART_NAMES
from service.drafting.slots import SLOTS, TemplatePart
from service.errors import RuleFileError
from service.vocabulary import DRAFT_KINDS, LANGUAGES, REGISTERS, DraftKind, Language, Register

MIXED = "mixed"  # the section for asks that would need different sections

_NAME = re.compile(r"(?:^|/)(?P<kind>\w+)/(?P<register>\w+)\.(?P<language>\w+)\.txt$")
_HEADER = re.compile(r"^\[(?P<name>\w+)(?P<conditions>(?:[ \t]+[?!]\w+)*)[ \t]*\]$")


@dataclass(frozen=True, slots=True)
class DraftTemplate:
    """A draft file: the parts for the usual asks, and for each group of asks the parts that differ."""

    kind: DraftKind
    register: Register
    language: Language
    file: str
    parts: tuple[TemplatePart, ...]
    sections: tuple[tuple[frozenset[str], tuple[TemplatePart, ...]], ...] = ()

    def choose_parts(self, groups: Collection[str]) -> tuple[TemplatePart, ...]:
        """Return the parts that serve these groups of asks; `mixed` where no single section serves them all."""
        chosen = [parts for served, parts in self.sections if served & set(groups)]
        if not chosen:
            return self.parts
        if len(chosen) == 1 and all(self._serves(group) for group in groups):
            return chosen[0]
        return next((parts for served, parts in self.sections if MIXED in served), self.parts)

    def _serves(self, group: str) -> bool:
        return any(group in served for served, _ in self.sections)


@dataclass(slots=True)
class _Section:
    """A section while it is being read. The first one, without groups, serves the usual asks."""

    line: int
    groups: tuple[str, ...] = ()
    parts: list[TemplatePart] = field(default_factory=list)


def parse_draft(text: str, *, file: str, groups: Collection[str]) -> DraftTemplate:
    """Read one draft file; `groups` are the section names it may use besides `mixed`."""
    kind, register, language = _read_name(file)
    usual, *others = _read_sections(text, file)
    check_parts(usual.parts, file=file, line=usual.line)
    _check_groups(others, file=file, groups={*groups, MIXED})
    merged = []
    for section in others:
        parts = _replace(usual.parts, section.parts)
        check_parts(parts, file=file, line=section.line, written=section.parts)
        merged.append((frozenset(section.groups), parts))
    return DraftTemplate(kind, register, language, file, tuple(usual.parts), tuple(merged))


def _read_name(file: str) -> tuple[DraftKind, Register, Language]:
    match = _NAME.search(file.replace("\\", "/"))
    for key, known in (("kind", DRAFT_KINDS), ("register", REGISTERS), ("language", LANGUAGES)):
        if not match or match[key] not in known:
            word = f"「{match[key]}」は使えません" if match else "ファイル名が読み取れません"
            raise RuleFileError(word, file=file, remedy=f"<kind>/<register>.<language>.txt、{key}: {' · '.join(known)}")
    assert match
    return match["kind"], match["register"], match["language"]  # type: ignore[return-value]


def _read_sections(text: str, file: str) -> list[_Section]:
    sections = [_Section(1)]
    for line, head, body in _split(text, file):
        if head.startswith("==="):
            sections.append(_Section(line, tuple(head.strip("= \t").split())))
        else:
            sections[-1].parts.append(_read_part(head, body, file=file, line=line))
    return sections


def _split(text: str, file: str) -> Iterator[tuple[int, str, str]]:
    """Yield each header with its line number and the text under it."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.startswith("#"):
            continue
        if line.startswith(("[", "===")):
            found.append((number, line.strip(), []))
        elif found and not found[-1][1].startswith("==="):
            found[-1][2].append(line.rstrip())
        elif line.strip():
            raise RuleFileError(
                "見出しの前に文があります", file=file, line=number, remedy="[core] などの見出しの下に移す"
            )
    for number, head, lines in found:
        yield number, head, "\n".join(lines).strip("\n")


def _read_part(head: str, body: str, *, file: str, line: int) -> TemplatePart:
    match = _HEADER.match(head)
    if not match or match["name"] not in PART_NAMES:
        remedy = f"使える見出し: {' '.join(f'[{name}]' for name in PART_NAMES)}"
        raise RuleFileError(f"見出し「{head}」は使えません", file=file, line=line, remedy=remedy)
    conditions = match["conditions"].split()
    if unknown := [word for word in conditions if word[1:] not in SLOTS]:
        remedy = f"使える条件: {' '.join('?' + slot for slot in SLOTS)}"
        raise RuleFileError(f"条件「{unknown[0]}」は使えません", file=file, line=line, remedy=remedy)
    if not body:
        raise RuleFileError(f"{head} に文がありません", file=file, line=line, remedy="文を書くか、見出しを消す")
    needs = frozenset(word[1:] for word in conditions if word[0] == "?")
    lacks = frozenset(word[1:] for word in conditions if word[0] == "!")
    return TemplatePart(match["name"], body, line, needs, lacks)


def _check_groups(sections: list[_Section], *, file: str, groups: set[str]) -> None:
    seen: set[str] = set()
    for section in sections:
        if not section.groups or not section.parts:
            raise RuleFileError(
                "区切り === の後が空です", file=file, line=section.line, remedy="=== money のように書く"
            )
        for group in section.groups:
            if group not in groups:
                remedy = f"使える名前: {' '.join(sorted(groups))}"
                raise RuleFileError(f"区切り「{group}」は使えません", file=file, line=section.line, remedy=remedy)
            if group in seen:
                raise RuleFileError(
                    f"区切り「{group}」が二度あります", file=file, line=section.line, remedy="一つにまとめる"
                )
            seen.add(group)
    if sections and MIXED not in seen:
        raise RuleFileError("区切り「mixed」がありません", file=file, remedy="=== mixed を加える")


def _replace(usual: list[TemplatePart], other: list[TemplatePart]) -> tuple[TemplatePart, ...]:
    """Put a section's parts in place of the usual parts of the same name."""
    named = {part.name for part in other}
    kept = [part for part in usual if part.name not in named]
    return tuple(sorted([*kept, *other], key=lambda part: PART_NAMES.index(part.name)))
