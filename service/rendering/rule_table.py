"""The rule book as a person would read it: row by row, in the order the rows are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.rendering.names import ASK_NAMES, CLAIM_NAMES, STAGE_NAMES, name_source
from service.rendering.paint import Line, Piece, line, paint
from service.rendering.wrap import wrap_lines
from service.rulebook.book import RuleBook, fill_slots
from service.rulebook.diff import Difference
from service.rulebook.rule import Rule
from service.vocabulary import BADGES, Platform

_ORDER = "上から順に試し、最初に当てはまった行が答えになります。"
_CLAIMS: dict[str, str] = {**{word: name for word, name in CLAIM_NAMES.items()}, "none": "許可の説明がない"}


@dataclass(frozen=True, slots=True)
class Section:
    """The rows that belong together, and what stands above them."""

    name: str
    about: str
    rules: Iterable[Rule]
    slots: Mapping[str, str]


def render_table(book: RuleBook, platform: Platform | None, day: date, *, width: int, colour: bool) -> str:
    """Return the rows in force on a day, of one site or of all."""
    sections = [Section("どのサイトでも", _ORDER, book.common, {})]
    for site in book.sites.values():
        if platform in (None, site.platform):
            sections.append(Section(site.name, site.about, site.rules, site.slots))
    lines = [line(f"ルールの一覧（版 {book.edition}、{day.isoformat()} 現在）", "title"), line()]
    lines += [each for section in sections for each in _show_section(section, book, day, width)]
    return paint(lines, colour=colour)


def render_differences(differences: Sequence[Difference], start: date, end: date, *, width: int, colour: bool) -> str:
    """Return which rows ended and which began between two days."""
    lines = [line(f"{start.isoformat()} と {end.isoformat()} のちがい", "title"), line()]
    if not differences:
        lines.append(line("ちがいはありません。"))
    for difference in differences:
        lines.append(line(f"■ {difference.site}", "bold"))
        for sign, rules in (("－ なくなったルール", difference.ended), ("＋ 加わったルール", difference.began)):
            lines += [line(f"  {sign}")] if rules else []
            for rule in rules:
                lines += list(_row(rule, width, indent="    "))
        lines.append(line())
    return paint(lines, colour=colour)


def _show_section(section: Section, book: RuleBook, day: date, width: int) -> list[Line]:
    lines = [line(f"■ {section.name}", "bold"), *_wrapped(f"  {section.about}", width, "faint")]
    slots = {**section.slots, "asked": "頼みごと"}
    for rule in section.rules:
        if rule.holds_on(day):
            lines += _row(rule, width, indent="  ")
            for label, text in (("なぜ", rule.why), ("どうする", rule.do)):
                lines += _wrapped(f"      {label}: {fill_slots(text, slots)}", width)
            for name in rule.sources:
                lines += _wrapped(f"      出典: {name_source(book.sources[name])}", width, "faint")
    return [*lines, line()]


def _row(rule: Rule, width: int, *, indent: str) -> Iterator[Line]:
    sign, word = BADGES[rule.verdict]
    yield (Piece(indent), Piece(f" {sign} {word} ", rule.verdict), Piece(f"  {rule.title}", "bold"))
    yield line(f"{indent}    {rule.id}", "faint")
    for text in wrap_lines(describe_condition(rule), max(width - len(indent) - 4, 30)):
        yield line(f"{indent}    {text}")


def describe_condition(rule: Rule) -> str:
    """Return what a row asks of the facts, in words."""
    parts = []
    when = rule.when
    if when.asks:
        parts.append("頼みごと: " + "、".join(ASK_NAMES[ask] for ask in when.asks))
    if when.channels:
        parts.append("手段: " + "、".join(when.channels))
    if when.stages:
        parts.append("段階: " + "、".join(STAGE_NAMES[stage] for stage in when.stages))
    if when.claims:
        parts.append("説明: " + "、".join(_CLAIMS[claim] for claim in when.claims))
    if when.signals:
        parts.append("しるし: " + "、".join(when.signals))
    if rule.effective_from or rule.effective_until:
        parts.append(f"期間: {rule.effective_from or ''}〜{rule.effective_until or ''}")
    return " / ".join(parts)


def _wrapped(text: str, width: int, style: str = "") -> list[Line]:
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return [line(indent + each, style) for each in wrap_lines(text.strip(), max(width - len(indent), 30))]
