"""Lengths are LINE's: an emoji is two units and one cluster; nothing is cut within a cluster."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from service.rendering.line.measure import count_bytes, count_graphemes, count_units, cut_graphemes, cut_units

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(("text", "units"), (("", 0), ("あA", 2), ("𠮷", 2), ("👍", 2), (FAMILY, 8)))
def test_units_are_those_of_utf_16(text: str, units: int) -> None:
    assert count_units(text) == units == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(("text", "clusters"), (("", 0), ("あA", 2), (FAMILY, 1), ("が", 1), ("👍🏽", 1)))
def test_a_cluster_is_what_a_reader_takes_for_one_sign(text: str, clusters: int) -> None:
    assert count_graphemes(text) == clusters == len(regex.findall(r"\X", text))


def test_bytes_are_counted_with_every_sign_escaped() -> None:
    assert count_bytes({"text": "あ"}) == len('{"text":"\\u3042"}')


@given(st.text(max_size=60), st.integers(2, 40))
def test_what_is_cut_fits_and_says_so(text: str, most: int) -> None:
    cut = cut_units(text, most)
    assert count_units(cut) <= most and (cut == text or cut.endswith("…"))
    assert count_graphemes(cut_graphemes(text, most)) <= most


def test_a_family_is_never_torn_apart() -> None:
    assert cut_units("ab" + FAMILY * 2, 12) == "ab" + FAMILY + "…"
    assert cut_graphemes(FAMILY * 4, 3) == FAMILY * 2 + "…"
