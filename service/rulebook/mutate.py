"""Mutation of rule data: break a rule a little; if no example notices, an example is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.facts.extract import Reader
from service.facts.matcher import Token
from service.facts.parse import Example
from service.facts.pattern import Pattern, Reading, find_hits

_GUARDS = ("unless", "unless_before", "unless_after", "unless_text")
_WIDE = 400  # characters: a gap this wide pairs words that have nothing to do with one another


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to the rule data, and whether an example noticed."""

    file: str
    line: int
    change: str
    killed: bool


@dataclass(frozen=True, slots=True)
class _Case:
    example: Example
    reading: Reading
    hit: bool


def try_mutants(reader: Reader, examples: Sequence[Example]) -> Iterator[Mutant]:
    """Yield every mutant of the patterns that an example of the same file could notice."""
    readings = {text: reader.prepare(text) for text in {example.text for example in examples}}
    for file, patterns in _by_file(reader).items():
        cases = [
            _Case(example, readings[example.text], _holds(patterns, readings[example.text]))
            for example in examples
            if example.file == file and example.fact not in ("stage", "role", "site")
        ]
        if cases:
            yield from _mutate_file(patterns, cases)


def count_mutants(reader: Reader) -> int:
    """Return an upper bound of how many mutants there are, for a progress bar."""
    return sum(2 + sum(len(getattr(pattern, guard)) for guard in _GUARDS) for pattern in reader.patterns)


def _by_file(reader: Reader) -> dict[str, list[Pattern]]:
    files: dict[str, list[Pattern]] = {}
    for pattern in reader.patterns:
        files.setdefault(pattern.file, []).append(pattern)
    return files


def _holds(patterns: Sequence[Pattern], reading: Reading) -> bool:
    return any(find_hits(pattern, reading, 1) for pattern in patterns)


def _mutate_file(patterns: list[Pattern], cases: Sequence[_Case]) -> Iterator[Mutant]:
    for index, pattern in enumerate(patterns):
        for change, mutated in _mutate_pattern(pattern):
            changed = patterns[:index] + ([mutated] if mutated else []) + patterns[index + 1 :]
            yield Mutant(pattern.file, pattern.line, change, _is_noticed(changed, cases))
    for name in sorted({name for pattern in patterns for name in pattern.needs[0]}):
        thinned = [_Case(case.example, _without(case.reading, name), case.hit) for case in cases]
        if any(name in case.reading.found for case in cases):
            yield Mutant(patterns[0].file, patterns[0].line, f"語彙「{name}」を抜く", _is_noticed(patterns, thinned))


def _mutate_pattern(pattern: Pattern) -> Iterator[tuple[str, Pattern | None]]:
    yield f"{pattern.id} を消す", None
    if len(pattern.needs) > 1:
        yield f"{pattern.id} の間隔を広げる", replace(pattern, within=_WIDE, scope="text")
    for guard in _GUARDS:
        for name in getattr(pattern, guard):
            rest = tuple(other for other in getattr(pattern, guard) if other != name)
            yield f"{pattern.id} の {guard}: {name} を外す", replace(pattern, **{guard: rest})  # type: ignore[arg-type]
    if pattern.negatable:
        yield f"{pattern.id} の否定を見ない", replace(pattern, negatable=False)


def _is_noticed(patterns: Sequence[Pattern], cases: Sequence[_Case]) -> bool:
    return any(_holds(patterns, case.reading) != case.hit for case in cases)


def _without(reading: Reading, name: str) -> Reading:
    found: dict[str, list[Token]] = {term: tokens for term, tokens in reading.found.items() if term != name}
    return Reading(reading.text, found, reading.sentences, reading.role, reading.quotes)
