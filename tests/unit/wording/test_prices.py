"""Prices have dates: a model without one, or one that was switched off, is not asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.adapters.model.files import read_prices
from service.errors import RuleFileError
from service.settings import Settings
from service.wording.prices import Usage, parse_prices

TOKENS = {"user_day": 1, "day": 2, "month": 3}
OLD = {"model": "m", "since": date(2026, 1, 1), "input": 1.0, "cached": 0.1, "written": 1.25, "output": 4.0,
       "source": "page", "checked_on": date(2026, 1, 1)}  # fmt: skip
NEW = OLD | {"since": date(2026, 6, 1), "output": 2.0}


def test_the_price_of_the_day_counts() -> None:
    table = parse_prices({"price": [NEW, OLD], "tokens": TOKENS}, file="prices.toml")
    found = [table.find("m", date(2026, month, 15)) for month in (5, 7)]
    assert [price.output for price in found if price] == [4.0, 2.0]
    before = table.find("m", date(2025, 1, 1))  # a machine whose clock is behind
    assert before is not None and before.output == 4.0


def test_a_retired_model_is_not_asked() -> None:
    data = {"price": [OLD], "tokens": TOKENS, "retired": [{"model": "m", "on": date(2026, 12, 11)}]}
    table = parse_prices(data, file="prices.toml")
    assert table.find("m", date(2026, 12, 10)) and table.find("m", date(2026, 12, 11)) is None


def test_cached_tokens_are_cheaper_and_written_ones_dearer() -> None:
    table = parse_prices({"price": [OLD], "tokens": TOKENS}, file="prices.toml")
    price = table.find("m", date(2026, 5, 1))
    assert price is not None
    assert price.cost(Usage(input=1000, output=100, cached=600, written=200)) == pytest.approx(
        (200 * 1.0 + 600 * 0.1 + 200 * 1.25 + 100 * 4.0) / 1e6
    )


def test_the_default_model_has_a_price() -> None:
    table = read_prices(Path(__file__).parents[3] / "prompts")
    assert table.find(Settings().model, date(2026, 11, 26)) is not None


@pytest.mark.parametrize(("data", "told"), [
    ({"tokens": TOKENS}, "price"), ({"price": [OLD | {"since": "today"}], "tokens": TOKENS}, "since"),
    ({"price": [OLD | {"input": -1}], "tokens": TOKENS}, "input"), ({"price": [OLD | {"source": ""}], "tokens": TOKENS}, "source"),
    ({"price": [OLD], "tokens": {}}, "user_day"),
])  # fmt: skip
def test_an_unusable_price_is_told_by_its_file(data: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleFileError, match=r"prices\.toml") as error:
        parse_prices(data, file="prices.toml")
    assert told in str(error.value)
