"""The frozen table: unchanged since it was made, and made the same way again."""

from __future__ import annotations

import unicodedata

import pytest

from service.intake import build_fold_table, fold_table


def test_the_digest_is_the_tables_own() -> None:
    assert build_fold_table.digest(fold_table.FOLD) == fold_table.DIGEST


def test_every_entry_is_final() -> None:
    again = str.maketrans(fold_table.FOLD)
    assert {folded for folded in fold_table.FOLD.values() if folded.translate(again) != folded} == set()


def test_letters_digits_and_plain_japanese_are_not_in_it() -> None:
    plain = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0x3041, 0x3097))) + "、。「」日本語ァー・"
    assert set(plain) & fold_table.FOLD.keys() == set()


def test_it_is_made_the_same_again() -> None:
    """On the interpreter whose Unicode data it was made from."""
    if unicodedata.unidata_version != fold_table.UNICODE_VERSION:
        pytest.skip(f"made from Unicode {fold_table.UNICODE_VERSION}; this Python has {unicodedata.unidata_version}")
    table = build_fold_table.build_table()
    assert build_fold_table.render_module(table) == build_fold_table.TARGET.read_text(encoding="utf-8")
