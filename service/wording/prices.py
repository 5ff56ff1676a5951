"""Prices: what a model costs on a day, and how much may be spent; a model without a price is not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.errors import RuleFileError

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens of a call; `cached` and `written` are parts of `input`."""

    input: int = 0
    output: int = 0
    cached: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        """All tokens of the call."""
        return self.input + self.output


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, from a day on."""

    model: str
    since: date
    input: float
    cached: float
    written: float
    output: float

    def cost(self, usage: Usage) -> float:
        """Return what a call costs in US dollars."""
        fresh = max(0, usage.input - usage.cached - usage.written)
        dollars = fresh * self.input + usage.cached * self.cached
        return (dollars + usage.written * self.written + usage.output * self.output) / _MILLION


@dataclass(frozen=True, slots=True)
class PriceTable:
    """All prices, the days on which models are switched off, and the most tokens per user and day, day, month."""

    prices: tuple[Price, ...]
    retired: Mapping[str, date]
    user_tokens: int
    day_tokens: int
    month_tokens: int

    def find(self, model: str, day: date) -> Price | None:
        """Return the model's price on a day, the first known one for older days; None where it is unknown, or the model is no longer there."""
        if day >= self.retired.get(model, date.max):
            return None
        known = sorted((price for price in self.prices if price.model == model), key=lambda price: price.since)
        return next((price for price in reversed(known) if price.since <= day), known[0] if known else None)


def parse_prices(data: Mapping[str, Any], *, file: str) -> PriceTable:
    """Read a price table; raise a RuleFileError for the first entry that is unusable."""
    prices = tuple(_read_price(entry, file) for entry in _entries(data, "price", file))
    retired = {str(entry.get("model")): _day(entry, "on", file) for entry in _entries(data, "retired", file)}
    tokens = data.get("tokens", {})
    limits = [_number(tokens, name, file) for name in ("user_day", "day", "month")]
    return PriceTable(prices, retired, *(int(limit) for limit in limits))


def _entries(data: Mapping[str, Any], name: str, file: str) -> Sequence[Mapping[str, Any]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or (name == "price" and not entries):
        raise RuleFileError(f"[[{name}]] がありません", file=file, remedy=f"[[{name}]] の表を書く")
    return entries


def _read_price(entry: Mapping[str, Any], file: str) -> Price:
    for name in ("model", "source"):
        if not entry.get(name):
            raise RuleFileError(f"{name} がありません", file=file, remedy="モデルの名前と、料金のページを書く")
    _day(entry, "checked_on", file)
    amounts = {name: _number(entry, name, file) for name in ("input", "cached", "written", "output")}
    return Price(str(entry["model"]), _day(entry, "since", file), **amounts)


def _day(entry: Mapping[str, Any], name: str, file: str) -> date:
    value = entry.get(name)
    if not isinstance(value, date):
        raise RuleFileError(f"{name} が日付ではありません", file=file, remedy="2026-11-23 のように書く")
    return value


def _number(entry: Mapping[str, Any], name: str, file: str) -> float:
    value = entry.get(name)
    if not isinstance(value, int | float) or value < 0:
        raise RuleFileError(f"{name} が0以上の数ではありません", file=file, remedy="100万トークンあたりの米ドルを書く")
    return float(value)
