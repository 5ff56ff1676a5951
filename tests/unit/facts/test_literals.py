"""Literals and the sieve: what must stand in a text before an expression can match it."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from service.consultation import Book
from service.facts.disguise import list_bare, list_masked, strip_disguise
from service.facts.literals import find_literals, find_needs
from service.facts.needs import ENDLESS
from tests.plain_matcher import PlainMatcher


@pytest.mark.parametrize(
    ("expression", "literals"),
    [
        ("電話番号", {"電話番号"}),
        ("(?i)(?:LINE|Zoom)", {"line", "zoom"}),
        ("お?電話(?:番号)?を", {"お電話番号を", "電話番号を", "お電話を", "電話を"}),
        ("報酬[^。]{0,10}ゼロ", {"ゼロ"}),
        ("[0-9]+円", {"円"}),
        ("(?:あ|い){2}う", {"う"}),
        (r"\bID\b", {"id"}),
        ("a+", {"a"}),
    ],
)
def test_an_expression_names_what_it_cannot_do_without(expression: str, literals: set[str]) -> None:
    assert find_literals(expression) == frozenset(literals)


@pytest.mark.parametrize("expression", ["", ".", "[^。]{0,5}", "(?:電話)?", "電話|", r"\p{Han}", "あ*", "[a-z]{3}"])
def test_what_is_not_sure_counts_as_anything(expression: str) -> None:
    assert find_literals(expression) is None


@pytest.mark.parametrize(
    "expression",
    [
        r"\x41(?:b|B)", "(?i:ab)c", r"\pLx", "[[:alpha:]]z", "(?P<name>ab)c", r"[a-\x{7a}]q", r"[*-\]]q", r"\Qa.b\E",
        "a{", "a{,5}b", "a{x}", r"\Aab", r"ab\z", r"\101b",
    ],
)  # fmt: skip
@given(st.data())
def test_syntax_that_is_not_read_rules_nothing_out(expression: str, data: st.DataObject) -> None:
    text = data.draw(
        st.text("aAbBcqxz]*{,5}.", max_size=8) | st.sampled_from(["AB", "abc", "ABC", "zz", "a{", "a{,5}b", "a.b"])
    )
    literals = find_literals(expression)
    if re2.search(expression, text):
        assert literals is None or any(literal in text.lower() for literal in literals)


@given(st.text("お電話番号をLINEzoom 。・○", max_size=24))
def test_no_text_matches_without_one_of_the_literals(text: str) -> None:
    for expression in ("お?電話(?:番号)?を", "(?i)line|zo{2}m", "番号[^。]{0,3}[をお]", "(?:L|l)INE?"):
        literals = find_literals(expression)
        if re2.search(expression, text):
            assert literals is None or any(literal in text.lower() for literal in literals)


def test_every_part_of_an_alternative_is_asked_for() -> None:
    needs = find_needs("(?:報酬[^。]{0,10}ゼロ|(?:電話|通話)[^)]*(?:しま|でき)す)")
    strings = [[need.strings for need in way] for way in needs]
    assert strings == [[{"報酬"}, {"ゼロ"}], [{"電話", "通話"}, {"します", "できす"}]]


def test_how_much_may_stand_around_each_part_is_known() -> None:
    [way] = find_needs("お?報酬[^。]{0,10}(?:約?ゼロ|無し){1,2}です+")
    around = {min(need.strings): (need.before, need.after) for need in way}
    assert around["お報酬"] == (0, ENDLESS)
    assert around["ゼロ"] == (13 + 3, ENDLESS)


@given(st.text("番号をお電話Li)(ne。", max_size=24))
def test_no_text_matches_unless_all_parts_of_a_way_stand(text: str) -> None:
    for expression in ("(?:番号[^。]*[をお]|電話.*l)", "(?:番)号|お電", "番[)(]*号+を|l", "(?:(?:電|話)+お?){2}"):
        if re2.search(expression, text):
            ways = find_needs(expression)
            assert any(all(any(each in text.lower() for each in few) for few, *_ in way) for way in ways)


@pytest.mark.parametrize("hidden", ["L I N E", "L○NE", "l1ne", "L・I・N・E"])
def test_a_hidden_word_shows_once_disguises_are_stripped(hidden: str) -> None:
    bare = strip_disguise(hidden)
    assert any(word in bare for word in list_bare(["LINE"]) | list_masked(["LINE"]))


def test_the_sieve_lets_every_word_of_the_lexicon_pass(book: Book, plain_matcher: PlainMatcher) -> None:
    """Each word, by itself, is found with the sieve as it is without."""
    matcher = book.reader.matcher
    words = [word for term in matcher.terms.values() for word in (*term.words, *term.disguised)]
    lost = [word for word in words if matcher.find_tokens(word) != plain_matcher.find_tokens(word)]
    assert lost == []
