"""The desk's first page: today in numbers, the last days in charts, each with the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service.observation import Figures
from service.rendering.operator.charts import Series, draw_columns, draw_rows
from service.rendering.operator.words import CHANNEL_NAMES, USEFUL_NAMES, name_kind, name_pace, name_reason
from service.vocabulary import VERDICTS

DAYS = 30
_MOST_ROWS = 8  # bars of a chart; the table has them all
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of today's, with what it is compared to."""

    name: str
    number: str
    beside: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its numbers. `legend` pairs a colour's class with a name; without a drawing there was nothing."""

    id: str
    title: str
    about: str
    drawing: str
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def list_days(today: date) -> tuple[date, ...]:
    """Return the days of the charts, the last one today."""
    return tuple(today - timedelta(days=back) for back in reversed(range(DAYS)))


def make_tiles(figures: Figures, today: date, *, month: float, budget: float) -> tuple[Tile, ...]:
    """Return today's numbers."""
    day, before = today.isoformat(), (today - timedelta(days=1)).isoformat()
    answers = figures.on(day, "answer")
    grave = sum(figures.on(day, "verdict", verdict) for verdict in ("danger", "against_rules"))
    model = figures.on(day, "wording", "model")
    unclear = sum(figures.on(day, "unclear", name) for name in ("nothing_found", "contradiction", "rated_wrong"))
    useful, wrong = (figures.on(day, "useful", name) for name in USEFUL_NAMES)
    return (
        Tile("相談", f"{answers:,}件", f"きのう {figures.on(before, 'answer'):,}件"),
        Tile("危険・規約違反", f"{grave:,}件", f"{_share(grave, answers)}"),
        Tile("確かめたい相談", f"{unclear:,}件", f"{_share(unclear, answers)}"),
        Tile("モデルの文面", f"{model:,}件", f"{_share(model, answers)}"),
        Tile("モデルの費用", f"${figures.dollars.get(day, 0):.2f}", f"今月 ${month:.2f}（上限 ${budget:g}）"),
        Tile("役に立った", f"{useful:,}件", f"違った {wrong:,}件"),
    )


def make_charts(figures: Figures, today: date) -> tuple[Chart, ...]:
    """Return the charts of the last days."""
    days = list_days(today)
    verdicts = [(verdict, name_kind("verdict", verdict)) for verdict in VERDICTS]
    useful = list(USEFUL_NAMES.items())
    return (
        _by_day("answers", "相談の数", "どこから届いたか", figures, days, "channel", list(CHANNEL_NAMES.items())),
        _by_day("verdicts", "判定", "どの判定を出したか", figures, days, "verdict", verdicts),
        _by_kind("asks", "頼みごと", "依頼者が求めたこと。1件にいくつもあることがあります", figures, "ask"),
        _by_kind("sites", "サイト", "どのサイトについての相談か", figures, "platform"),
        _wordings(figures),
        _paces(figures),
        _costs(figures, days),
        _by_day("ratings", "読んだ人の声", "「役に立った」「違った」のボタン", figures, days, "useful", useful),
    )


def _share(part: int, whole: int) -> str:
    return f"今日の{part / whole:.0%}" if whole else "まだありません"


def _by_day(
    id: str, title: str, about: str, figures: Figures, days: Sequence[date], kind: str, names: Sequence[tuple[str, str]]
) -> Chart:
    series = [
        Series(name, mark, tuple(figures.on(day.isoformat(), kind, mark) for day in days)) for mark, name in names
    ]
    shown = [each for each in series if each.total()]
    rows = [
        (_name_day(day), *(f"{each.numbers[place]:,.0f}" for each in series)) for place, day in enumerate(days)
    ]  # fmt: skip
    return Chart(
        id,
        title,
        about,
        draw_columns([_name_day(day) for day in days], shown, every=_WEEK) if shown else "",
        tuple((each.mark, f"{each.name} {each.total():,.0f}") for each in shown),
        ("日", *(name for _, name in names)),
        tuple(row for row in reversed(rows) if any(cell != "0" for cell in row[1:])),
    )


def _by_kind(id: str, title: str, about: str, figures: Figures, kind: str) -> Chart:
    counted = [(name_kind(kind, name), number) for name, number in figures.total(kind).most_common()]
    return _lying(id, title, about, counted, title)


def _wordings(figures: Figures) -> Chart:
    model, reasons = figures.total("wording")["model"], Counter[str]()
    for reason, number in figures.total("reason").items():
        # A wording by the model has no reason: what is left without one is a template that was wanted.
        reasons[name_reason(reason)] += number if reason else number - model
    counted = [("モデル", model), *((f"ひな形: {name}", number) for name, number in reasons.most_common())]
    return _lying(
        "wordings", "返信文の作り方", "ひな形のときは、その理由", [pair for pair in counted if pair[1] > 0], "作り方"
    )


def _paces(figures: Figures) -> Chart:
    total = figures.total("pace")
    steps = [step for step in ("0.05", "0.25", "1", "2", "4", "6", "10", "over") if total[step]]
    counted = [(name_pace(step), total[step]) for step in steps]
    return _lying("paces", "答えるまでの時間", "届いてから答えを出すまで", counted, "時間")


def _costs(figures: Figures, days: Sequence[date]) -> Chart:
    dollars = tuple(round(figures.dollars.get(day.isoformat(), 0.0), 4) for day in days)
    labels = [_name_day(day) for day in days]
    spent = sum(dollars)
    return Chart(
        "costs",
        "モデルの費用",
        f"30日で ${spent:.2f}（米ドル）",
        draw_columns(labels, [Series("費用", "plain", dollars)], every=_WEEK) if spent else "",
        (),
        ("日", "米ドル"),
        tuple((label, f"{spent:.4f}") for label, spent in reversed(list(zip(labels, dollars, strict=True))) if spent),
    )


def _lying(id: str, title: str, about: str, counted: Sequence[tuple[str, int]], head: str) -> Chart:
    rows = tuple((name, f"{number:,}") for name, number in counted)
    drawing = draw_rows([(name, number) for name, number in counted[:_MOST_ROWS]], mark="plain") if counted else ""
    return Chart(id, title, about, drawing, (), (head, "件数"), rows)


def _name_day(day: date) -> str:
    return f"{day.month}/{day.day}"
