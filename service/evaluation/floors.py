"""Floors: how good the measure must be at least, as data; a rule change may raise it but not fall below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from service.errors import UnknownOption
from service.evaluation.report import Figures, Report

_MEASURES: dict[str, Callable[[Figures], float | None]] = {
    "verdict": lambda figures: figures.verdict.value,
    "asks_f1": lambda figures: figures.asks.f1,
    "danger_recall": lambda figures: figures.danger.value,
    "false_alarms": lambda figures: figures.alarms.value,
}
_CEILINGS = ("false_alarms",)  # the fewer the better


@dataclass(frozen=True, slots=True)
class Floor:
    """A measure, of all messages or of one slice, and the worst value it may take."""

    measure: str
    limit: float
    slice: str = ""

    @property
    def name(self) -> str:
        """The measure as it is written: verdict, or verdict@derived=evasion."""
        return f"{self.measure}@{self.slice}" if self.slice else self.measure


def parse_floor(text: str) -> Floor:
    """Return a floor written as `verdict=0.92` or `verdict@slice=evasion=0.9`."""
    name, _, value = text.rpartition("=")
    measure, _, part = name.partition("@")
    if measure not in _MEASURES:
        known = " · ".join(_MEASURES)
        raise UnknownOption(
            f"「{text[:60]}」の名前は使えません。{known} のどれかを、verdict=0.92 のように書いてください。"
        )
    try:
        limit = float(value)
    except ValueError:
        limit = -1.0
    if not 0 <= limit <= 1:
        raise UnknownOption(f"「{text[:60]}」の値は、0から1の数で書いてください。")
    return Floor(measure, limit, part)


def find_breaches(report: Report, floors: Iterable[Floor]) -> list[str]:
    """Return a sentence for each floor that is not held."""
    return [breach for floor in floors if (breach := _check(report, floor))]


def _check(report: Report, floor: Floor) -> str:
    figures = dict(report.slices).get(floor.slice) if floor.slice else report.total
    value = _MEASURES[floor.measure](figures) if figures else None
    if value is None:
        return f"{floor.name}: 数えられるメッセージがありません"
    if floor.measure in _CEILINGS:
        return f"{floor.name}: {value:.4f} は、上限の {floor.limit:g} を超えています" if value > floor.limit else ""
    return f"{floor.name}: {value:.4f} は、下限の {floor.limit:g} に届きません" if value < floor.limit else ""
