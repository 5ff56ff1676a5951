"""The machine on rules of which the book has few or none: it reads every text as Python does."""

from __future__ import annotations

from functools import cache

import pytest
import re2
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from service.adapters.reading_machine import build_machine
from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.pattern import Pattern, Scope
from tests.compiled_reader import Twins, draw_blueprint, require_library
from tests.small_rules import (
    PATTERNS,
    PIECES,
    TERMS,
    expressions,
    letters,
    random_patterns,
    random_terms,
    random_texts,
    texts,
)

_MANNERS: tuple[tuple[bool, Scope], ...] = ((False, "sentence"), (True, "sentence"), (True, "text"))


def _is_known(expression: str) -> bool:
    """Whether re2 takes an expression."""
    try:
        re2.compile(expression)
    except re2.error:
        return False
    return True


@cache
def _small() -> Twins:
    return Twins(TERMS, PATTERNS)


@given(texts)
@example("".join(PIECES) * 30)
@example("電話番号" * 300 + "お願いします")
def test_a_small_lexicon_is_read_alike(text: str) -> None:
    assert _small().find_difference([text]) == ""


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ラ イ ン交換", {"line_exchange"}),
        ("L○NE交換", {"line_exchange"}),
        ("ツール交換", {"app_install"}),
        ("旧ツール交換。ツールお願いします", {"call"}),
        ("電話番号お願いします", set()),
        ("連絡:\n電話と一号と番号", {"personal_info"}),
        ("Zoom会お願いします", set()),
        ("Zoomの使い方お願いします", set()),
        ("Zoomで書いお願いします", set()),
        ("電話と言われ", {"call"}),
    ],
)
def test_what_the_small_lexicon_is_about(text: str, kinds: set[str]) -> None:
    """Were nothing read there, no two readers could differ."""
    assert {ask.kind for ask in _small().reader.read_facts(text).asks} == kinds
    assert _small().find_difference([text]) == ""


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(random_terms, random_patterns, st.lists(random_texts, min_size=1, max_size=6))
def test_any_rules_are_read_alike(terms: tuple[Term, ...], patterns: tuple[Pattern, ...], texts: list[str]) -> None:
    twins = Twins(terms, patterns)
    assert twins.find_difference([*texts, "".join(texts)]) == "" and twins.given_up == 0


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(
    st.lists(expressions.filter(_is_known), min_size=1, max_size=3, unique=True),
    st.booleans(),
    st.booleans(),
    st.lists(letters, min_size=1, max_size=8),
)
@example(
    ["(?:a|ab)(?:c|bcd)?", "[^a]*b", "(?:a*)*b"], False, False, ["abcd", "aab", "a" * 3_000 + "c", "a" * 3_000 + "b"]
)
@example(
    ["[^b]{0,3}(?:bc|d)", "(?:a|b)?[ab]{1,2}c", "(?:bc)?[a-c]+d"],
    False,
    True,
    ["abcabcd", "aaaabc", "ababab" * 9 + "d"],
)
def test_any_expression_is_read_alike(found: list[str], exact: bool, overlapping: bool, texts: list[str]) -> None:
    """Each is a term of its own; where it stands is told alone, behind another one and beside it."""
    terms = [
        Term(str(number), (), (each,), edges="free", exact_case=exact, overlapping=overlapping)
        for number, each in enumerate(found)
    ]
    places = [((one.name,), (other.name,)) for one in terms for other in terms]
    patterns = [Pattern(one.name, "signal", f"alone {one.name}", ((one.name,),)) for one in terms]
    for ordered, scope in _MANNERS:
        for number, needs in enumerate(places):
            patterns.append(
                Pattern("", "signal", f"{number} {ordered} {scope}", needs, ordered=ordered, scope=scope, within=9)
            )
    twins = Twins(terms, patterns)
    assume(twins.is_compiled)
    assert twins.find_difference([*texts, "".join(texts)]) == "" and twins.given_up == 0


@pytest.mark.parametrize("within", [-1, 0, 10_000, 2**31 - 1, 10**12])
def test_any_reach_is_read_alike(within: int) -> None:
    pattern = Pattern("far", "ask", "call", (("phone",), ("wish",)), within=within)
    ordered = Pattern("ordered", "ask", "line_exchange", (("phone",), ("wish",)), ordered=True, within=within)
    assert (
        Twins(TERMS, (pattern, ordered)).find_difference(["電話" + "を" * 3_000 + "お願いします", "電話お願いします"])
        == ""
    )


@pytest.mark.parametrize("expression", [r"\p{Greek}+", "(?i:a)b", r"[[:alpha:]]b", r"\Aa", "(?P<name>a)", r"\Qa\E"])
def test_python_reads_what_only_re2_knows(expression: str) -> None:
    """One such expression, and the whole reader stays in Python; it reads on."""
    require_library()
    terms = (Term("odd", (), (expression,), edges="free"), Term("plain", ("電話",), edges="free"))
    pattern = Pattern("any", "signal", "odd", (("plain",),))
    assert build_machine(draw_blueprint(Reader(terms, (pattern,)))) is None
    reader = Reader(terms, (pattern,), build=build_machine)
    reader.warm_up()
    assert [reader.read_facts("お電話").signals[0].quote for _ in range(3)] == ["電話"] * 3


def test_without_terms_and_patterns_nothing_is_read() -> None:
    twins = Twins((), ())
    assert twins.find_difference(["", "電話", "\n" * 100]) == "" and twins.answered == 3
