"""Mutants: every small way to break the rule data — a word lost, a guard gone, a gap too wide, a verdict turned.

What no example could ever notice is left out by rule: a pattern that another one contains, a guard that a wider guard
repeats, a condition that makes no difference in any combination of facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from service.facts.extract import Reader
from service.facts.pattern import Pattern
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import list_tables
from service.rulebook.enumerate import makes_difference
from service.rulebook.rule import Condition, Rule
from service.vocabulary import Verdict

Kind = Literal["term", "pattern", "gap", "guard", "verdict", "condition"]
KINDS: dict[Kind, str] = {
    "term": "語彙を抜く",
    "pattern": "読み取り方を消す",
    "gap": "間隔を広げる",
    "guard": "打ち消しを外す",
    "verdict": "判定を変える",
    "condition": "条件を外す",
}
GUARDS = ("unless", "unless_before", "unless_after", "unless_text", "not_section")
_WIDE = 400  # characters: a gap this wide pairs words that have nothing to do with one another
_TURNED: dict[Verdict, Verdict] = {"danger": "caution", "against_rules": "caution", "caution": "ok", "ok": "caution"}
_CONDITIONS = ("stages", "claims", "signals", "channels", "not_channels")
# Guards that hold unless a file says otherwise: its name, its value with the guard gone, what it keeps out.
_DEFAULTS: tuple[tuple[str, bool, str, str], ...] = (
    ("negatable", False, "断る言葉（negatable）", "「…はありません」のように、頼みごとを打ち消す文"),
    ("quoted_counts", True, "引用（quoted_counts）", "「」の中に、頼む言葉が入っている文"),
    ("subject_counts", True, "仕事の題材（subject_counts）", "その言葉が仕事の題材になっている文"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to the rule data. `wanted` says which kind of example would notice it."""

    kind: Kind
    file: str
    line: int
    change: str
    wanted: str
    term: str = ""  # the term to drop
    patterns: tuple[tuple[int, Pattern | None], ...] = ()  # by number, what stands there instead
    rule: Rule | None = None  # what stands in the place of the row with its id

    @property
    def anchors(self) -> set[str]:
        """The terms without which a text cannot notice the change."""
        if self.term:
            return {self.term}
        return {name for _, pattern in self.patterns if pattern for name in pattern.needs[0]}


def list_mutants(reader: Reader, book: RuleBook) -> list[Mutant]:
    """Return every mutant of the rule data, in the order of the files."""
    return [*_drop_terms(reader), *_mutate_patterns(reader), *_mutate_rules(book)]


def find_redundant(reader: Reader) -> list[tuple[Pattern, Pattern]]:
    """Return the patterns that another one of the same fact contains, each with the one that does."""
    return [
        (pattern, other)
        for pattern in reader.patterns
        for other in reader.patterns
        if other is not pattern and _contains(other, pattern)
    ]


def _drop_terms(reader: Reader) -> Iterator[Mutant]:
    asked = {name for pattern in reader.patterns for place in pattern.needs for name in place}
    for term in reader.matcher.terms.values():
        words = "・".join((*term.words, *term.disguised)[:3]) or term.name
        sort = "当たる例（hit）" if term.name in asked else "当たらない例（miss）"
        yield Mutant("term", term.file, term.line, f"語彙「{term.name}」を抜く", f"「{words}」などを使い、それで結果が決まる{sort}",
                     term=term.name)  # fmt: skip


def _mutate_patterns(reader: Reader) -> Iterator[Mutant]:
    redundant = {id(pattern) for pattern, _ in find_redundant(reader)}
    for number, pattern in enumerate(reader.patterns):
        if id(pattern) not in redundant:
            yield _of(
                pattern, "pattern", f"{pattern.id} を消す", "この読み取り方だけで当たる例（hit）", ((number, None),)
            )
        if len(pattern.needs) > 1 and (pattern.scope, pattern.within) < ("text", _WIDE):
            wide = replace(pattern, within=_WIDE, scope="text")
            wanted = "言葉はそろっているが、離れていて関係のない文（miss）"
            yield _of(pattern, "gap", f"{pattern.id} の間隔を広げる", wanted, ((number, wide),))
        yield from _loosen(number, pattern)
    for numbers in _by_file(reader.patterns).values():
        yield from _drop_guards({number: reader.patterns[number] for number in numbers})


def _loosen(number: int, pattern: Pattern) -> Iterator[Mutant]:
    for field in ("ordered", "preceded"):
        if getattr(pattern, field) and len(pattern.needs) > 1:
            change, wanted = f"{pattern.id} の順番（{field}）を外す", "同じ言葉が逆の順に並ぶ文（miss）"
            yield _of(pattern, "guard", change, wanted, ((number, _set(pattern, field, False)),))
    for field, what in (("roles", "役割"), ("section", "見出し")):
        if names := getattr(pattern, field):
            change, wanted = (
                f"{pattern.id} の {field} を外す",
                f"{what}が {'・'.join(names)} ではない、同じ言葉の文（miss）",
            )
            yield _of(pattern, "guard", change, wanted, ((number, _set(pattern, field, ())),))


def _drop_guards(patterns: Mapping[int, Pattern]) -> Iterator[Mutant]:
    """A guard that a whole file shares was written once: it is taken away once."""
    for guard in GUARDS:
        shared = set.intersection(*(set(getattr(pattern, guard)) for pattern in patterns.values()))
        first = next(iter(patterns.values()))
        for name in sorted(shared):
            yield from _drop_guard(first, patterns, guard, name, "すべての読み取り方")
        for number, pattern in patterns.items():
            for name in getattr(pattern, guard):
                if name not in shared:
                    yield from _drop_guard(pattern, {number: pattern}, guard, name, pattern.id)
    for field, off, name, what in _DEFAULTS:
        guarded = {number: pattern for number, pattern in patterns.items() if getattr(pattern, field) != off}
        if guarded:
            changed = tuple((number, _set(pattern, field, off)) for number, pattern in guarded.items())
            first = next(iter(guarded.values()))
            yield _of(first, "guard", f"{first.kind} の{name}を見ない", f"{what}（miss）", changed)


def _drop_guard(at: Pattern, patterns: Mapping[int, Pattern], guard: str, name: str, where: str) -> Iterator[Mutant]:
    if guard != "unless_text" and all(name in pattern.unless_text for pattern in patterns.values()):
        return  # the same word anywhere in the text already takes it back
    changed = tuple(
        (number, _set(pattern, guard, tuple(other for other in getattr(pattern, guard) if other != name)))
        for number, pattern in patterns.items()
    )
    yield _of(
        at, "guard", f"{where} の {guard}: {name} を外す", f"「{name}」の言葉があるから当たらない文（miss）", changed
    )


def _of(at: Pattern, kind: Kind, change: str, wanted: str, patterns: tuple[tuple[int, Pattern | None], ...]) -> Mutant:
    return Mutant(kind, at.file, at.line, change, wanted, patterns=patterns)


def _set(pattern: Pattern, field: str, value: Any) -> Pattern:
    return replace(pattern, **{field: value})


def _by_file(patterns: Sequence[Pattern]) -> dict[str, list[int]]:
    files: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        files.setdefault(pattern.file, []).append(number)
    return files


def _contains(wide: Pattern, narrow: Pattern) -> bool:
    """Whether every place where `narrow` holds is a place where `wide` holds too."""
    if (wide.fact, wide.kind) != (narrow.fact, narrow.kind) or len(wide.needs) > len(narrow.needs):
        return False
    if wide.section or wide.preceded or wide.ordered:
        return False
    places = all(set(b) <= set(a) for a, b in zip(wide.needs, narrow.needs, strict=False))
    guards = all(set(getattr(wide, guard)) <= set(getattr(narrow, guard)) for guard in GUARDS)
    reach = len(wide.needs) == 1 or (
        wide.within >= narrow.within and (wide.scope == "text" or narrow.scope == "sentence")
    )
    free = (not wide.negatable or narrow.negatable) and wide.quoted_counts >= narrow.quoted_counts
    free = free and wide.subject_counts >= narrow.subject_counts
    return places and guards and reach and free and (not wide.roles or wide.roles == narrow.roles)


def _mutate_rules(book: RuleBook) -> Iterator[Mutant]:
    for _, rules in list_tables(book):
        for rule in rules:
            turned = _TURNED[rule.verdict]
            wanted = f"「verdict: {rule.verdict}」を添えた、この行に当たる例（hit）"
            yield Mutant("verdict", rule.file, rule.line, f"{rule.id} の判定を {turned} に変える", wanted,
                         rule=replace(rule, verdict=turned))  # fmt: skip
            yield from _drop_conditions(rule, book)


def _drop_conditions(rule: Rule, book: RuleBook) -> Iterator[Mutant]:
    changes: list[tuple[str, Rule]] = []
    for name in _CONDITIONS:
        if getattr(rule.when, name):
            changes.append((name, replace(rule, when=_without(rule.when, name))))
    if rule.effective_from:
        changes.append(("effective.from", replace(rule, effective_from=None)))
    if rule.effective_until:
        changes.append(("effective.until", replace(rule, effective_until=None)))
    for name, changed in changes:
        if makes_difference(book, rule, changed):
            written = "stage" if name == "stages" else name
            wanted = f"{written} だけがちがうために、この行に当たらない例（miss）"
            yield Mutant("condition", rule.file, rule.line, f"{rule.id} の条件 {written} を外す", wanted, rule=changed)


def _without(when: Condition, name: str) -> Condition:
    return replace(when, **{name: ()})
