"""The machine and Python fold every text alike, letter for letter and place for place."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.fold_table import FOLD
from service.intake.romaji import SYLLABLES, WHOLE
from service.intake.romaji_words import HINTS, KEPT, SURE_WORDS, TELLING_ENDS
from tests.compiled_reader import Twins
from tests.small_rules import PATTERNS, TERMS

SEPARATORS = (
    *" -・._/*|,~+=:;'()[]<>【】「」☆★♪♡◆□○△\n☀➿🌀🫿",
    "\u27c0",
    "\U0001fb00",
    "\n\n",
    "  ",
    "---",
    "・・・・",
)
LETTERS = tuple("ABzaLINEァアンヺヶカコミぁあんゖゔー一二三力夕口八工卜千才龠電話09月所国社")
MARKS = tuple("\u3099\u309aかがハはほうウヷヰ ﾞﾟｶﾊ")
LINES = (
    *"、,をにがはでとへのもてんっゃー。.!?:)]】」…♪ abcZ12.):・-*●①>※([【「あいうえお",
    *"\n\n\n\n",
    "い" * 16,
    "う" * 18,
)
ROMAJI = (
    *SYLLABLES,
    *WHOLE,
    *HINTS,
    *SURE_WORDS,
    *KEPT,
    *TELLING_ENDS,
    "LINE",
    "Zoom",
    "MASU",
    "site",
    "n",
    "m",
    "tt",
    "tc",
    "x",
)
GAPS = (*"  \n.,@/-'ーＡ。", ". ", ", ", "? ", " ")


@pytest.fixture(scope="module")
def twins() -> Twins:
    """Return a reader of a few rules in both its shapes: what is folded does not hang on them."""
    return Twins(TERMS, PATTERNS)


def join(pieces: tuple[str, ...], most: int = 40) -> st.SearchStrategy[str]:
    """Return texts of some pieces."""
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


@given(
    st.one_of(
        join(LETTERS + SEPARATORS),
        st.lists(st.sampled_from(LETTERS), min_size=2, max_size=4).flatmap(lambda few: join((*few, *" ・-*"))),
        join(MARKS),
        join(LINES),
        st.lists(st.tuples(st.sampled_from(ROMAJI), st.sampled_from((*" " * 9, *GAPS))), max_size=20).map(
            lambda pairs: "".join(map("".join, pairs))
        ),
        join(tuple(FOLD)),
        join(LETTERS + SEPARATORS + MARKS + LINES + ROMAJI + GAPS),
        st.text(),
    )
)
def test_any_text_is_folded_alike(twins: Twins, text: str) -> None:
    assert twins.find_difference([text]) == ""


def test_every_letter_of_the_table_is_folded_alike(twins: Twins) -> None:
    letters = [*FOLD, *map(chr, range(0x3000, 0x3100))]
    Random(0).shuffle(letters)
    assert twins.find_difference("".join(letters[at : at + 500]) for at in range(0, len(letters), 500)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "L I N E を 交 換",
        "A B Cat。ラ・イ・ン",
        "使ってないこ・う・ざ",
        "テ-レ-グ-ラ-ム と 口コミ",
        "LINE no ID wo oshiete kudasai. site kara denwa shite kudasai",
        "Zoomで\n面談を、\nお願いします",
        "㌔㍿ﷺｶﾞ゛か\u3099\u3099\u309a",
        "",
    ],
)
def test_so_is_what_each_pass_is_for(twins: Twins, text: str) -> None:
    assert twins.find_difference([text]) == ""
