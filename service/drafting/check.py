"""What must hold for the parts of a draft before it may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise

from service.drafting.draft import PART_NAMES, SOFT_PARTS
from service.drafting.slots import COMES_WITH, SLOTS, SOMETIMES, TemplatePart, find_slots
from service.errors import RuleFileError


def check_parts(
    parts: Sequence[TemplatePart], *, file: str, line: int, written: Sequence[TemplatePart] | None = None
) -> None:
    """Raise a RuleFileError unless every site gets its parts in order, each once, a core always."""
    own = parts if written is None else written
    for part in own:
        _check_slots(part, file=file)
    _check_order(own, file=file)
    for filled in _sites(parts):
        chosen = [part for part in parts if part.fits(filled)]
        _check_once(chosen, file=file)
        _check_present(parts, chosen, file=file, line=line, site=filled)


def _check_slots(part: TemplatePart, *, file: str) -> None:
    for slot in find_slots(part.text):
        if slot not in SLOTS:
            remedy = f"使える名前: {' '.join('{' + name + '}' for name in SLOTS)}"
            raise RuleFileError(f"{{{slot}}} は使えません", file=file, line=part.line, remedy=remedy)
        if slot in SOMETIMES and not {slot, COMES_WITH.get(slot)} & part.needs:
            remedy = f"見出しを [{part.name} ?{COMES_WITH.get(slot, slot)}] とする"
            raise RuleFileError(f"{{{slot}}} はサイトによって空です", file=file, line=part.line, remedy=remedy)
        if part.name in SOFT_PARTS and slot != "office":
            remedy = "core、reason、alternative に移す"
            raise RuleFileError(f"[{part.name}] に {{{slot}}} は書けません", file=file, line=part.line, remedy=remedy)
    rest = part.text
    for slot in SLOTS:
        rest = rest.replace(f"{{{slot}}}", "")
    if "{" in rest or "}" in rest:
        raise RuleFileError("波かっこが閉じていません", file=file, line=part.line, remedy="{asked} のように書く")


def _check_order(parts: Sequence[TemplatePart], *, file: str) -> None:
    for before, after in pairwise(parts):
        if PART_NAMES.index(after.name) < PART_NAMES.index(before.name):
            reason = f"[{after.name}] は [{before.name}] より前に置きます"
            raise RuleFileError(reason, file=file, line=after.line, remedy=f"順序: {' '.join(PART_NAMES)}")


def _check_once(parts: Sequence[TemplatePart], *, file: str) -> None:
    seen: dict[str, int] = {}
    for part in parts:
        if part.name in seen:
            reason = f"[{part.name}] が{seen[part.name]}行目と重なります"
            raise RuleFileError(reason, file=file, line=part.line, remedy="一つにするか、?や!の条件で分ける")
        seen[part.name] = part.line


def _check_present(
    parts: Sequence[TemplatePart], chosen: Sequence[TemplatePart], *, file: str, line: int, site: frozenset[str]
) -> None:
    """A core always; a reason or an alternative on every site when it is written for one."""
    for name in sorted({"core", *(part.name for part in parts if part.name not in SOFT_PARTS)}):
        if not any(part.name == name for part in chosen):
            reason = f"[{name}] がありません（{' '.join(sorted(site)) or '条件つきの値がない'}サイト）"
            first = next((part.line for part in parts if part.name == name), line)
            raise RuleFileError(reason, file=file, line=first, remedy=f"このサイトのための [{name}] を書く")


def _sites(parts: Sequence[TemplatePart]) -> Iterator[frozenset[str]]:
    """Yield every combination of the slots that the parts' conditions ask about."""
    slots = sorted({*chain.from_iterable(part.needs | part.lacks for part in parts)})
    for count in range(len(slots) + 1):
        yield from map(frozenset, combinations(slots, count))
