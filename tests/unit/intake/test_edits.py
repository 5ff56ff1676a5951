"""Edits: the way back from a text to the one it was made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.intake.edits import Edit, Edits
from service.intake.view import View

TEXT = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def lists_of_edits(draw: st.DrawFn) -> list[Edit]:
    bounds = draw(st.lists(st.integers(0, len(TEXT)), max_size=12, unique=True).map(sorted))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return [(start, end, draw(st.integers(0, 4))) for start, end in pairs]


def apply_one_by_one(text: str, edits: list[Edit]) -> list[tuple[int, int]]:
    """Return for each character of the newer text what it stands for, without any arithmetic of places."""
    traced, at = list[tuple[int, int]](), 0
    for start, end, size in edits:
        traced += [(index, index + 1) for index in range(at, start)]
        traced += [(start, end)] * size
        at = end
    return [*traced, *((index, index + 1) for index in range(at, len(text)))]


@given(lists_of_edits())
def test_every_character_leads_back_to_what_it_was_written_for(edits: list[Edit]) -> None:
    expected = apply_one_by_one(TEXT, edits)
    assert [Edits(edits).trace(index) for index in range(len(expected))] == expected


def test_several_passes_are_undone_in_turn() -> None:
    """㌔㌔ → キロキロ → キロ: the second pass drops what the first has written."""
    view = View("㌔a㌔").rewrite([(0, 1, "キロ"), (2, 3, "キロ")]).rewrite([(1, 2, ""), (4, 5, "")])
    assert view.text == "キaキ"
    spans = [view.locate(index, index + 1) for index in range(3)]
    assert [(span.start, span.end) for span in spans] == [(0, 1), (1, 2), (2, 3)]
    whole, before, behind = view.locate(0, 3), view.locate(1, 1), view.locate(3, 3)
    assert [(span.start, span.end) for span in (whole, before, behind)] == [(0, 3), (1, 1), (3, 3)]


def test_where_nothing_is_left_an_empty_slice_stands_at_the_start() -> None:
    view = View("\u200b").rewrite([(0, 1, "")])
    assert (view.locate(0, 0).start, view.locate(0, 0).end) == (0, 0)
