"""Romaji: Japanese in Latin letters is read as Japanese, everything else stays as it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.romaji import read_romaji
from service.intake.view import read_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("denwa bangou wo oshiete kudasai.", "電話番号を教えてください。"),
        ("Juusho to namae wo oshiete kudasai", "住所と名前を教えてください"),  # long vowels in every spelling
        ("jusho to namae o oshiete kudasai", "住所と名前を教えてください"),
        ("menkyosyou no syasin wo okutte kudasai", "免許証の写真を送ってください"),  # Kunrei
        ("Menkyoshō no shashin o okutte kudasai", "免許証の写真を送ってください"),
        ("LINE no ID wo oshiete kuremasen ka?", "LINEのIDを教えてくれませんか?"),
        ("keiyaku-go ni Zoom de hanashimasen ka", "契約後にZoomで話しませんか"),
        ("LANCERS NO AKAUNTO URIMASEN KA", "LANCERSのアカウント売りませんか"),
        ("Site no fee ga takai kara, chokusetsu haraimasu", "Siteのfeeがたかいから、直接払います"),
        ("kochira ni tenpu site kudasai", "こちらに添付してください"),
        (
            "Namae wo kaite kudasai. \n Juusho mo kaite kudasai",
            "名前を書いてください。\n住所も書いてください",
        ),  # a line's end stays
        ("data wo 2 fun de nyuuryoku simasu", "dataを2ふんで入力します"),
        ("taro@kiji.example ni okutte kudasai.", "taro@kiji.example に送ってください。"),  # an address stays whole
        (
            "Kensaku wa @mika_desu22 de, link wa https://masu.example/kara desu",
            "検索は @mika_desu22 で、 linkは https://masu.example/kara です",
        ),
    ],
)
def test_romaji_is_read_as_japanese(text: str, read: str) -> None:
    assert read_text(text).text == read


@pytest.mark.parametrize(
    "text",
    [
        "Could you made a note on the site, no need to use a tool.",
        "I am in Masuda, please call me on LINE.",
        "契約前に denwa bangou は不要です。LINE wo tsukaimasen",  # a Japanese sentence with a few such words: enough are none
        "The total is 12/5 23:59 and the desu. joke is no go to me, are we done here or what",
        "desu",
        "",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert read_romaji(text) == [] or not text.isascii()


def test_a_quote_is_a_slice_of_what_was_written() -> None:
    text = "Keiyaku mae desu ga denwa bangou wo oshiete kudasai ne"
    view = read_text(text)
    at = view.text.index("電話")
    span = view.locate(at, at + len("電話"))
    assert text[span.start : span.end] == "denwa"


@given(st.text(alphabet="abdeghikmnorstuwyzAKMNOSTU '-.,!?\n1９ｎｏō🍀か", max_size=60))
def test_pieces_cover_the_text_in_order(text: str) -> None:
    view = read_text(text + " wo kudasai desu")
    spans = [view.locate(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= span.start < span.end <= len(text) + len(" wo kudasai desu") for span in spans)
    assert all(one.start <= other.start for one, other in itertools.pairwise(spans))
