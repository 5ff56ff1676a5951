"""Lines of Japanese: as wide as the screen, never beginning with a closing mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from service.rendering.wrap import wrap, wrap_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("短い。", 10, ["短い。"]),
        ("一行目\n二行目", 20, ["一行目", "二行目"]),
        ("あいうえお。かきくけ", 10, ["あいうえ", "お。かきく", "け"]),  # 「。」 takes its character along
        ("あいう「えお」", 8, ["あいう", "「えお」"]),  # an opening mark goes with what it opens
        ("詳細はexample.com/aです", 16, ["詳細は", "example.com/aで", "す"]),  # an address stays whole
        ("a b c d e f", 5, ["a b c", "d e f"]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap_lines(text, width) == lines


def test_a_last_line_of_a_few_letters_is_avoided() -> None:
    lines = wrap_lines("承認が出るまでは通話もLINEの交換もできませんので、お待ちください。", 64)
    assert len(lines) == 2 and cell_len(lines[-1]) > 6


def test_an_endless_word_is_cut_at_the_width() -> None:
    assert [len(line) for line in wrap_lines("x" * 25, 10)] == [10, 10, 5]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(8, 60))
def test_nothing_is_lost_but_blanks(text: str, width: int) -> None:
    slices = wrap(text, width)
    assert "".join("".join(text[a:b] for a, b in slices).split()) == "".join(text.split())


@given(st.text("あいうえお、。「」（）abc /123ー", max_size=200), st.integers(8, 60))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap_lines(text, width))
