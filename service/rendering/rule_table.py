"""The rule book as a person would read it: row by row, in the order the rows are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from service.rendering.paint import Line, Piece, line, paint
from service.rendering.wrap import wrap_lines
from service.rulebook.book import RuleBook, fill_slots
from service.rulebook.diff import Difference
from service.rulebook.rule import Rule
from service.vocabulary import BADGES, Platform

_STAGES = {"before_contract": "契約前", "after_contract": "契約後", "unknown": "不明"}
_CLAIMS = {
    "approval_granted": "許可済みという説明", "approval_pending": "申請中という説明", "bizmatch": "ビズマッチという説明",
    "call_consented_in_posting": "募集文の条件", "chatwork_proposed": "チャットワークの提案", "none": "説明なし",
}  # fmt: skip


def render_table(book: RuleBook, platform: Platform | None, day: date, *, width: int, colour: bool) -> str:
    """Return the rows in force on a day, of one site or of all."""
    lines: list[Line] = [line(f"ルールの一覧（版 {book.edition}、{day.isoformat()} 現在）", "title"), line()]
    lines += _section("どのサイトでも", "上から順に試し、最初に当てはまった行が答えになります。", book.common, book, day, width, {})
    for site in book.sites.values():
        if platform in (None, site.platform):
            lines += _section(site.name, site.about, site.rules, book, day, width, dict(site.slots))
    return paint(lines, colour=colour)


def render_differences(
    differences: Sequence[Difference], start: date, end: date, *, width: int, colour: bool
) -> str:
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


def _section(
    name: str, about: str, rules: Iterable[Rule], book: RuleBook, day: date, width: int, slots: dict[str, str]
) -> list[Line]:
    lines = [line(f"■ {name}", "bold"), line(f"  {about}", "faint")]
    for rule in rules:
        if rule.holds_on(day):
            lines += _row(rule, width, indent="  ")
            for label, text in (("なぜ", rule.why), ("どうする", rule.do)):
                lines += _wrapped(f"      {label}: {fill_slots(text, {**slots, 'asked': '頼みごと'})}", width)
            for name_ in rule.sources:
                source = book.sources[name_]
                mark = "" if source.confirmed else "、未確認"
                lines.append(line(f"      出典: {source.title}（{source.checked_on.isoformat()} 確認{mark}）", "faint"))
    return [*lines, line()]


def _row(rule: Rule, width: int, *, indent: str) -> Iterator[Line]:
    sign, word = BADGES[rule.verdict]
    yield (Piece(indent), Piece(f" {sign} {word} ", rule.verdict), Piece(f"  {rule.title}", "bold"))
    yield line(f"{indent}    {rule.id}", "faint")
    for text in wrap_lines(_when(rule), max(width - len(indent) - 4, 30)):
        yield line(f"{indent}    {text}")


def _when(rule: Rule) -> str:
    parts = []
    when = rule.when
    if when.asks:
        parts.append("頼みごと: " + "、".join(when.asks))
    if when.channels:
        parts.append("手段: " + "、".join(when.channels))
    if when.stages:
        parts.append("段階: " + "、".join(_STAGES[stage] for stage in when.stages))
    if when.claims:
        parts.append("説明: " + "、".join(_CLAIMS[claim] for claim in when.claims))
    if when.signals:
        parts.append("しるし: " + "、".join(when.signals))
    if rule.effective_from or rule.effective_until:
        parts.append(f"期間: {rule.effective_from or ''}〜{rule.effective_until or ''}")
    return " / ".join(parts)


def _wrapped(text: str, width: int) -> list[Line]:
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return [line(indent + each) for each in wrap_lines(text.strip(), max(width - len(indent), 30))]
