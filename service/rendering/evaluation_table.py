"""The measure as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from service.evaluation.report import Report
from service.rendering.figures import NAMES, NOTHING, show_figures, show_rate, show_score
from service.rendering.names import ASK_NAMES
from service.vocabulary import BADGES, VERDICTS

_FIGURES = ("messages", "verdict", "asks", "danger", "alarms")


def show_report(report: Report) -> Iterator[RenderableType]:
    """Yield the tables: the whole, the verdicts, the asks, the slices, where the misses are."""
    yield Text(f"読み取りの正確さ（版 {report.edition}、{report.as_of.isoformat()} のルール）", style="bold")
    yield _show_total(report)
    yield _show_confusion(report)
    yield _show_kinds(report)
    yield _show_slices(report)
    yield from _show_misses(report)
    speed = f"、{report.seconds:.1f} 秒" if report.seconds is not None else ""
    broken = f"、使えない項目 {len(report.problems)}" if report.problems else ""
    yield Text(
        f"{report.total.messages} 件、読み違え {len(report.missed)} 件{broken}{speed}。括弧の中は95 %信頼区間（Wilson）です。"
    )


def _make_table(title: str, *, header: bool = True) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_header=header)


def _fold(cells: Iterable[str]) -> list[str]:
    """Set the interval under its value: the tables must fit a narrow terminal."""
    return [cell.replace(" (", "\n(", 1) for cell in cells]


def _show_total(report: Report) -> Table:
    table = _make_table("全体", header=False)
    values = (*show_figures(report.total), show_score(report.total.claims))
    for name, value in zip(NAMES.values(), values, strict=True):
        table.add_row(name, value)
    return table


def _show_confusion(report: Report) -> Table:
    table = _make_table("判定: 行がラベル、列が判定")
    table.add_column("")
    for verdict in VERDICTS:
        table.add_column(BADGES[verdict][1], justify="right")
    for want in VERDICTS:
        counts = [report.confusion.get((want, got), 0) for got in VERDICTS]
        cells = [_mark(number, want == got) for number, got in zip(counts, VERDICTS, strict=True)]
        table.add_row(BADGES[want][1], *cells)
    return table


def _mark(number: int, right: bool) -> Text:
    return Text(str(number) if number else NOTHING, style="green" if right else "red" if number else "dim")


def _show_kinds(report: Report) -> Table:
    table = _make_table("頼みごと")
    table.add_column("種類", no_wrap=True)
    for name in ("F1", "適合率", "再現率"):
        table.add_column(name, justify="right")
    for kind, score in report.kinds:
        cells = (show_score(score), show_rate(score.precision), show_rate(score.recall))
        table.add_row(ASK_NAMES[kind], *_fold(cells))  # type: ignore[index]
    return table


def _show_slices(report: Report) -> Table:
    table = _make_table("分けて数えると")
    table.add_column("グループ", no_wrap=True)
    for name in _FIGURES:
        table.add_column(NAMES[name], justify="right")
    for name, figures in report.slices:
        table.add_row(Text(name), *_fold(show_figures(figures)))
    return table


def _show_misses(report: Report) -> Iterator[RenderableType]:
    if not report.missed:
        return
    table = _make_table("読み違え（文面と理由は --html で）")
    for name in ("場所", "id", "判定", "余分な頼みごと", "見落とした頼みごと"):
        table.add_column(name)
    for each in report.missed:
        case = each.case
        verdict = BADGES[case.verdict][1]
        if each.verdict != case.verdict:
            verdict += f" → {BADGES[each.verdict][1]}"
        extra, missing = (" ".join(sorted(kinds)) for kinds in (each.asks - case.asks, case.asks - each.asks))
        table.add_row(Text(case.place), Text(case.id), verdict, extra, missing)
    yield table
