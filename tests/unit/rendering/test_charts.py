"""Charts: drawn on the server, with nothing in them that a strict page would refuse."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from service.rendering.operator.charts import Series, draw_columns, draw_rows

DAYS = [f"11/{day}" for day in range(1, 31)]
COLUMNS = draw_columns(DAYS, [Series("LINE", "line", (3,) * 30), Series("ウェブ", "web", (1,) * 30)], every=7)
ROWS = draw_rows([("簡単な作業をうたう誘い", 12), ("通話・面談", 3)], mark="plain")


@pytest.mark.parametrize("drawing", [COLUMNS, ROWS])
def test_a_drawing_has_no_script_no_style_and_no_address(drawing: str) -> None:
    root = ElementTree.fromstring(drawing)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "rect", "path", "text"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("style", "id", "href")}
    assert root.get("aria-hidden") == "true"  # the table beside it is for those who do not see it


def test_what_is_named_is_text_whatever_stands_in_it() -> None:
    drawing = draw_rows([("<script>alert(1)</script>", 1)], mark="plain")
    assert "<script" not in drawing and "&lt;script&gt;" in drawing


def test_every_number_has_its_bar_in_the_colour_of_its_series() -> None:
    root = ElementTree.fromstring(COLUMNS)
    series = [g for g in root.iter("{http://www.w3.org/2000/svg}g") if "mark-web" in g.get("class", "")]
    bars = [bar for bar in series[0].iter("{http://www.w3.org/2000/svg}rect")]
    assert len(bars) == 30 and len({bar.get("height") for bar in bars}) == 1


def test_the_first_row_is_on_top_and_longest() -> None:
    bars = re.findall(r'<rect x="[\d.]+" y="([\d.]+)"[^>]*width="([\d.]+)"[^>]*class="rect"', ROWS)
    places = sorted((float(y), float(width)) for y, width in bars)
    assert places[0][1] / places[1][1] == pytest.approx(4, rel=0.01)


@pytest.mark.parametrize("highest", [0, 1, 2, 7, 99, 101, 12_345, 0.004, 0.3])
def test_the_scale_has_few_round_numbers_and_holds_the_highest(highest: float) -> None:
    drawing = draw_columns(["11/1"], [Series("数", "plain", (highest,))])
    root = ElementTree.fromstring(drawing)
    axis = next(g for g in root.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "axis y")
    marks = [float(text.text.replace(",", "")) for text in axis.iter("{http://www.w3.org/2000/svg}text") if text.text]
    assert 2 <= len(marks) <= 6 and marks[0] == 0 and marks[-1] >= highest


def test_the_same_numbers_give_the_same_drawing() -> None:
    assert draw_rows([("通話", 1)], mark="plain") == draw_rows([("通話", 1)], mark="plain")
