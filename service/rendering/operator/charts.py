"""Charts: inline SVG drawn by pygal, without scripts, styles or text of anybody's; colours come from the page's sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pygal
from pygal.style import Style

# pygal leaves a finder for its own plug-ins on the import path, of a kind Python no longer knows: every import would warn.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

_SVG = "{http://www.w3.org/2000/svg}"
_WIDTH, _HEIGHT = 360, 210  # about a phone's width, so that letters keep their size there
_FONT = 12
_ROW = 26  # height of a horizontal bar with its gap
_STEPS = (1, 2, 5)
_STYLE = Style(label_font_size=_FONT, major_label_font_size=_FONT, value_font_size=_FONT, legend_font_size=_FONT)
# What pygal adds for its script and for colours of its own.
_DROPPED = {f"{_SVG}{name}" for name in ("defs", "desc", "title", "style", "script")} | {"defs", "desc", "title"}
_KEPT_WORDS = {
    "axis", "x", "y", "guides", "guide", "line", "background", "bars", "bar", "rect", "text-overlay", "value", "series",
    "plot", "graph", "horizontal", "vertical", "major",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers under one name; `mark` is the class that gives it its colour."""

    name: str
    mark: str
    numbers: tuple[float, ...]

    def total(self) -> float:
        """Return the sum."""
        return sum(self.numbers)


def draw_columns(labels: Sequence[str], series: Sequence[Series], *, every: int = 1) -> str:
    """Return columns side by side, series stacked upon one another; every so many a label is shown."""
    highest = max((sum(column) for column in zip(*(each.numbers for each in series), strict=True)), default=0)
    chart = pygal.StackedBar(
        **_options(height=_HEIGHT),
        margin_bottom=6,
        y_labels=_scale(highest),
        show_minor_x_labels=False,
        x_labels_major_every=every,
        truncate_label=-1,
    )
    chart.x_labels = list(labels)
    for each in series:
        chart.add(each.name, list(each.numbers))
    return _finish(chart, [each.mark for each in series])


def draw_rows(rows: Sequence[tuple[str, float]], *, mark: str) -> str:
    """Return bars from left to right, the first on top, each with its number."""
    chart = pygal.HorizontalBar(
        **_options(height=_ROW * len(rows) + 16),
        show_x_labels=False,
        show_x_guides=False,
        print_values=True,
        print_values_position="top",
        margin_left=max(_lack(label) for label, _ in rows),
        margin_right=42,
        truncate_label=-1,
        range=(0, max(max(number for _, number in rows), 1)),
    )
    chart.x_labels = [label for label, _ in reversed(rows)]
    chart.add("", [number for _, number in reversed(rows)])
    return _finish(chart, [mark])


def _options(*, height: int) -> dict[str, Any]:
    return {
        "width": _WIDTH,
        "height": height,
        "style": _STYLE,
        "js": (),
        "no_prefix": True,
        "show_legend": False,
        "margin": 4,
        "spacing": 6,
        "rounded_bars": 2,
        "value_formatter": lambda number: f"{number:,.10g}",
    }


def _scale(highest: float) -> list[float]:
    """Return up to five round numbers from nought to a little over the highest."""
    if highest <= 0:
        return [0, 1]
    size = 10.0 ** (len(str(int(highest))) - 1) if highest >= 1 else 10.0 ** -len(f"{1 / highest:.0f}")
    step = next(
        each * scale for scale in (size / 10, size, size * 10) for each in _STEPS if each * scale * 4 >= highest
    )
    if highest > 1:
        step = max(step, 1.0)
    count = int(-(-highest // step))
    return [round(step * number, 10) for number in range(count + 1)]


def _lack(label: str) -> int:
    """Return the room that pygal does not see: it takes every letter for a Latin one."""
    wide = sum(ord(char) > 0x2E80 for char in label)
    return int(wide * _FONT * 0.42) + 4


def _finish(chart: Any, marks: Sequence[str]) -> str:
    root = chart.render_tree()
    _thin(root)
    for element in list(root.iter()):
        element.attrib.pop("style", None)
        element.attrib.pop("id", None)
        _keep_words(element, marks)
    root.attrib.update({"class": f"plot-{'lying' if 'horizontal' in type(chart).__name__.lower() else 'standing'}",
                        "aria-hidden": "true", "focusable": "false"})  # fmt: skip
    ElementTree.register_namespace("", _SVG.strip("{}"))
    return ElementTree.tostring(root, encoding="unicode")


def _thin(element: Any) -> None:
    for child in list(element):
        words = child.attrib.get("class", "").split() if isinstance(child.tag, str) else []
        if not isinstance(child.tag, str) or child.tag in _DROPPED or {"tooltip", "tooltip-overlay"} & set(words):
            element.remove(child)
        else:
            _thin(child)


def _keep_words(element: Any, marks: Iterable[str]) -> None:
    words = element.attrib.pop("class", "").split()
    kept = [word for word in words if word in _KEPT_WORDS]
    kept += [f"mark-{mark}" for number, mark in enumerate(marks) if f"color-{number}" in words]
    if kept:
        element.attrib["class"] = " ".join(kept)
