"""Overlooked: which patterns nearly saw an ask that is there, and what each of them lacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.facts.extract import Reader
from service.facts.hits import find_hits
from service.facts.pattern import Pattern, Reading

_GUARDS = ("unless", "unless_before", "unless_after", "unless_text", "not_section")
_MOST_SHOWN = 4
_FAR = 10_000


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A pattern that nearly held. `lacked` says what was missing or what took it back; `near` orders the closest first."""

    kind: str
    pattern: str  # "rules/facts/call.yaml:8 direct"
    lacked: str
    near: int


def explain_overlooked(text: str, kind: str, reader: Reader) -> list[Overlooked]:
    """Return the patterns of an ask that came closest on a text, the closest first."""
    reading = reader.prepare(text)
    patterns = [pattern for pattern in reader.patterns if (pattern.fact, pattern.kind) == ("ask", kind)]
    found = [near for pattern in patterns for near in _explain(pattern, reading)]
    if not found:
        return [Overlooked(kind, "", "この頼みごとの言葉が、文中に見つかりません", 9)]
    return sorted(found, key=lambda near: (near.near, near.pattern))[:_MOST_SHOWN]


def _explain(pattern: Pattern, reading: Reading) -> Iterator[Overlooked]:
    where = f"{pattern.file}:{pattern.line} {pattern.id}"
    absent = [place for place in pattern.needs if not any(reading.found.get(name) for name in place)]
    if absent and (len(absent) > 1 or absent[0] == pattern.needs[0]):
        return
    if absent:
        yield Overlooked(pattern.kind, where, f"「{_name(absent[0])}」にあたる言葉がありません", 2)
    elif pattern.roles and reading.role not in pattern.roles:
        yield Overlooked(pattern.kind, where, f"役割が {reading.role} と読まれました", 3)
    else:
        yield from _explain_refusal(pattern, reading, where)


def _explain_refusal(pattern: Pattern, reading: Reading, where: str) -> Iterator[Overlooked]:
    if find_hits(pattern, reading, 1):
        told = "当てはまりますが、文章全体の言い回しがこの頼みごとらしくないため、採られませんでした（classifier.tsv）"
        yield Overlooked(pattern.kind, where, told, 0)
        return
    for name, freed in _free_one(pattern):
        if find_hits(freed, reading, 1):
            yield Overlooked(pattern.kind, where, f"{name} に止められました", 0)
            return
    if find_hits(_free_all(pattern), reading, 1):
        yield Overlooked(pattern.kind, where, "いくつもの unless などに、重ねて止められました", 1)
    elif find_hits(replace(_free_all(pattern), within=_FAR, scope="text", ordered=False, preceded=False), reading, 1):
        yield Overlooked(
            pattern.kind, where, f"言葉どうしが離れているか、別の文にあります（within {pattern.within}）", 1
        )


def _free_one(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    for guard in _GUARDS:
        names: tuple[str, ...] = getattr(pattern, guard)
        for name in names:
            rest = tuple(other for other in names if other != name)
            yield f"{guard}: {name}", replace(pattern, **{guard: rest})  # type: ignore[arg-type]
    yield "打ち消し（negatable）", replace(pattern, negatable=False)
    yield "引用（quoted_counts）", replace(pattern, quoted_counts=True)
    yield "仕事の題材（subject_counts）", replace(pattern, subject_counts=True)


def _free_all(pattern: Pattern) -> Pattern:
    free = replace(pattern, negatable=False, quoted_counts=True, subject_counts=True)
    return replace(free, unless=(), unless_before=(), unless_after=(), unless_text=(), section=(), not_section=())


def _name(place: tuple[str, ...]) -> str:
    return "|".join(place[:4]) + ("|…" if len(place) > 4 else "")
