"""Where an expression is tried: only where its strings say that a match can begin or lie, and nothing is lost by that."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.matcher import Matcher
from service.facts.token import longest_first, order_by_place
from service.intake.sentences import Sentences
from service.intake.view import ByteMap
from tests.plain_matcher import PlainMatcher

EXPRESSIONS = (
    "(?:特別|講義)(?:動画)?(?:講座|講義)",  # what tells of a match may begin it or end it
    "お?電話(?:番号)?[^。\n]{0,4}(?:教え|番号)",
    "[^。]{0,3}(?:動画|電話){1,2}",
    "(?:動画[^。]{0,2}){1,3}講座",
    "電話.*番号",
    "[^。]?講義[^。\n]{0,3}",
    "(?:^|。)お電話",
    "教え|(?:講座|番号).?教え",
    r"\bLINE\b",
)
WORDS = ("特別", "講義", "動画", "講座", "お", "電話", "番号", "教え", "LINE", "line", "。", "\n", "を", "a")
TERMS = [
    Term(f"{kind}{number}", (), (source,), edges="free", overlapping=kind == "overlapping", exact_case=not number % 2)
    for kind in ("plain", "overlapping")
    for number, source in enumerate(EXPRESSIONS)
]
MATCHER = Matcher(TERMS)
MATCHER.warm_up()
PLAIN = PlainMatcher(TERMS)
texts = st.lists(st.sampled_from(WORDS), max_size=24).map("".join)


@given(texts)
@example("特別講義")
@example("電話" * 120 + "番号")  # more places than are tried one by one
def test_a_match_is_found_wherever_it_stands(text: str) -> None:
    assert MATCHER.find_tokens(text) == PLAIN.find_tokens(text)


@given(texts, st.integers(0, 40), st.integers(1, 40))
def test_so_is_one_between_two_places(text: str, low: int, length: int) -> None:
    found = MATCHER.open_text(text, Sentences(text))
    low = min(low, len(text))
    high = min(low + length, len(text))
    for term in TERMS:
        [expression] = [Expression(term, source) for source in term.expressions()]
        between = sorted(expression.find_all(ByteMap(text), text, [(low, high)]), key=order_by_place)
        assert found.find_between(term.name, low, high) == between
        first = found.first_after(term.name, low, high)
        within = expression.find_all(ByteMap(text[low:high]), text[low:high])
        places = [(token.start + low, token.end + low) for token in within]
        assert (first and (first.start, first.end)) == min(places, key=longest_first, default=None)


def test_a_hidden_term_stands_nowhere() -> None:
    """Not even one of which no string is sure."""
    matcher = Matcher([Term("anything", (), ("[^。]",), edges="free")])
    matcher.warm_up()
    text = "電話"
    assert matcher.open_text(text, Sentences(text)).mark("anything")
    hidden = matcher.without("anything").open_text(text, Sentences(text))
    assert not hidden.mark("anything") and hidden.get("anything") is None
