"""The classifier: a sum of learnt weights that tells where looking is vain, and what the patterns overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.consultation import Book
from service.errors import RuleFileError
from service.evaluation.overlooked import explain_overlooked
from service.facts.classifier import (
    LONGEST_PART,
    NORM_UNIT,
    ZERO,
    Blend,
    Classifier,
    Head,
    cut_text,
    place_part,
    simplify,
)
from service.facts.classifier_file import NAME, parse_classifier, write_classifier
from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.pattern import Pattern
from service.facts.second_look import ANY_ASK, ASK, EVIDENCE, fingerprint, unveil
from service.facts.token import Token
from service.facts.trace import trace_facts
from service.vocabulary import ASK_KINDS

BLEND = Blend(
    own=1.0, most=0.0, anything=0.0, base=0.0, grave=0.0, look=-3.0, look_grave=-5.0, both=-99.0, both_grave=-99.0
)
VAIN = replace(BLEND, look=50.0, look_grave=50.0)  # nothing is looked for
ZOOM = Term("zoom", ("Zoom",), channel="zoom")
TALK = Term("talk", ("話せますか",), edges="free")
NO = Term("negation", ("話しません", "ません"), edges="free")
CALL = Pattern("direct", "ask", "call", (("zoom",), ("talk",)), file="call.yaml")
HEADS = [Head(ASK + "call", -1.0, 0.1), Head(ASK + "credentials", -6.0, 0.1), Head(ANY_ASK, 0.0, 0.1)]
ROWS = [("Zo", (100, -20, 0), 50), ("oom", (30, 0, 5), 80), ("話せ", (60, 0, 0), 72), ("暗証", (0, 127, 0), 90)]


def pack(weights: tuple[int, ...], squared: int) -> bytes:
    return bytes([*(weight + ZERO for weight in weights), squared])


def make(
    *,
    heads: Sequence[Head] = HEADS,
    blend: Blend = BLEND,
    grave: frozenset[str] = frozenset(),
    learnt: frozenset[int] = frozenset(),
) -> Classifier:
    rows = [(gram, pack(weights, squared)) for gram, weights, squared in ROWS]
    return parse_classifier(write_classifier(heads, blend, rows, grave=grave, learnt=learnt), NAME)


def weigh_plainly(text: str, head: int) -> float:
    """The formula as it is told, with no whole numbers packed into one."""
    found = [(weights[head], squared) for gram, weights, squared in ROWS if gram in simplify(text)]
    length = sqrt(sum(squared for _, squared in found) / NORM_UNIT) or 1.0
    return HEADS[head].bias + HEADS[head].scale * sum(weight for weight, _ in found) / length


@given(st.lists(st.sampled_from(["Zo", "oom", "話せ", "暗証", "あ", " ", "\n"]), max_size=40).map("".join))
def test_log_odds_are_the_weights_of_the_grams_summed(text: str) -> None:
    odds = make().weigh_part(text)
    assert all(isclose(odds[head], weigh_plainly(text, head), abs_tol=1e-9) for head in range(len(HEADS)))


def test_case_is_kept_and_gaps_are_one() -> None:
    assert simplify("LINE\n\n で  line") == "LINE で line"
    assert make().weigh_part("zoom") != make().weigh_part("Zoom")


def test_a_long_text_is_weighed_in_parts() -> None:
    plain = "本日は晴れています。" * (LONGEST_PART // 5)
    parts = make().weigh_parts(plain + "Zoom" + plain)
    assert max(odds[0] for odds in parts) == make().weigh_part("Zoom")[0] > parts[0][0]


@given(st.text("あいう", max_size=5 * LONGEST_PART))
def test_parts_leave_nothing_out(text: str) -> None:
    parts = cut_text(text)
    assert all(len(part) <= LONGEST_PART for part in parts)
    places = [place_part(number, len(text)) for number in range(len(parts))]
    assert places[0][0] == 0 and places[-1][1] == len(text)
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(places))
    assert [text[start:end] for start, end in places] == parts


@pytest.mark.parametrize(
    ("broken", "line"),
    [("Zo\t!!!!", 3), ("Zo", 3), ("", 3), ("Zo\tAAAA\nx", 4)],
)
def test_a_broken_file_is_told_by_line(broken: str, line: int) -> None:
    text = write_classifier(HEADS, BLEND, [], grave=frozenset(), learnt=frozenset())
    with pytest.raises(RuleFileError) as told:
        parse_classifier(text + broken + "\n" + "x", NAME)
    assert NAME in str(told.value) and told.value.line is not None and told.value.line >= line


def test_a_file_without_its_header_is_told() -> None:
    with pytest.raises(RuleFileError, match="重み"):
        parse_classifier("# title\n{}\n", NAME)


def test_a_known_pattern_is_not_tried_where_looking_is_vain() -> None:
    terms = [ZOOM, TALK, NO]
    text = "Zoomで話せますか"
    known = frozenset({fingerprint(CALL, {term.name: term for term in terms})})
    assert asks(Reader(terms, [CALL], classifier=make(learnt=known, blend=VAIN)), text) == {}
    assert asks(Reader(terms, [CALL]), text) == {"call": "direct"}


def test_a_pattern_newer_than_the_weights_is_always_tried() -> None:
    reader = Reader([ZOOM, TALK, NO], [CALL], classifier=make(blend=VAIN))
    assert asks(reader, "Zoomで話せますか") == {"call": "direct"}


def test_an_overlooked_ask_is_pointed_out_with_its_sentence() -> None:
    reader = Reader([ZOOM, TALK, NO], [CALL], classifier=make())
    text = "よろしくお願いします。Zoomはどうですか。晴れです。"
    facts = reader.read_facts(text)
    assert [(ask.kind, ask.evidence, ask.channel) for ask in facts.asks] == [("call", EVIDENCE, "zoom")]
    ask = facts.asks[0]
    assert text[ask.start : ask.end] == ask.quote == "Zoomはどうですか。"


def test_of_an_endless_sentence_a_part_is_quoted() -> None:
    reader = Reader([ZOOM, TALK, NO], [CALL], classifier=make())
    rest = "本日は晴れています、" * 100
    (ask,) = reader.read_facts(rest + "Zoomはどうですか、" + rest).asks
    assert "Zoom" in ask.quote and len(ask.quote) <= LONGEST_PART


def test_what_a_pattern_sees_refused_is_not_pointed_out() -> None:
    reader = Reader([ZOOM, Term("talk", ("話",), edges="free"), NO], [CALL], classifier=make())
    assert asks(reader, "Zoomで話しません。") == {}


def test_a_trace_tells_what_the_letters_saw_and_leaves_out_what_was_not_tried() -> None:
    reader = Reader([ZOOM, TALK, NO], [CALL], classifier=make())
    (seen,) = trace_facts(reader, "Zoomはどうですか。")
    assert (seen.kind, seen.pattern, seen.quote) == ("call", EVIDENCE, "Zoomはどうですか。")
    known = frozenset({fingerprint(CALL, {term.name: term for term in (ZOOM, TALK, NO)})})
    shut = Reader([ZOOM, TALK, NO], [CALL], classifier=make(learnt=known, blend=VAIN))
    assert trace_facts(shut, "Zoomで話せますか") == ()
    assert "classifier" in explain_overlooked("Zoomで話せますか", "call", shut)[0].lacked


def test_grave_asks_are_looked_for_longer() -> None:
    pattern = Pattern("code", "ask", "credentials", (("code",),), file="credentials.yaml")
    terms = [Term("code", ("番号",), edges="free")]
    known = frozenset({fingerprint(pattern, {term.name: term for term in terms})})
    for grave, seen in ((frozenset[str](), {}), (frozenset({ASK + "credentials"}), {"credentials": "code"})):
        blend = replace(BLEND, base=-50.0, look_grave=-7.0)
        reader = Reader(terms, [pattern], classifier=make(blend=blend, grave=grave, learnt=known))
        assert asks(reader, "番号です") == seen


def test_a_pattern_is_not_tried_where_its_head_and_any_asks_speak_against_it_together() -> None:
    terms, text = [ZOOM, TALK, NO], "Zoomで話せますか"
    known = frozenset({fingerprint(CALL, {term.name: term for term in terms})})
    bias = HEADS[0].bias - make().weigh_part(text)[0]  # with it the ask's own head says neither yes nor no
    call = {"call": "direct"}
    for own, anything, both, seen in (
        (-1.0, -2.0, -2.5, {}),
        (-1.0, -2.0, -3.5, call),
        (-1.0, 2.0, -1.5, call),
        (1.0, -9.0, -2.5, call),
    ):
        heads = [Head(HEADS[0].kind, bias + own, HEADS[0].scale), HEADS[1], Head(ANY_ASK, anything, 0.0)]
        blend = replace(BLEND, base=-50.0, both=both)
        classifier = make(heads=heads, blend=blend, learnt=known)
        assert asks(Reader(terms, [CALL], classifier=classifier), text) == seen


def test_more_grams_are_added_up_than_a_lane_can_hold() -> None:
    grams = [chr(0x3400 + number) * 2 for number in range(700)]
    row = bytes([*(127 + ZERO,) * len(HEADS), 2])
    classifier = parse_classifier(
        write_classifier(HEADS, BLEND, ((gram, row) for gram in grams), grave=set(), learnt=set()), NAME
    )
    odds = classifier.weigh_part("".join(grams))
    length = sqrt(2 * len(grams) / NORM_UNIT)
    assert all(
        isclose(told, head.bias + head.scale * 127 * len(grams) / length)
        for told, head in zip(odds, HEADS, strict=True)
    )


def test_a_disguised_word_is_weighed_as_what_it_stands_for() -> None:
    term = Term("line", (), disguised=("LINE",))
    tokens = {"line": [Token("line", 0, 4), Token("line", 6, 10)]}
    assert unveil("L○NE、 L!NE", tokens, {"line": term}) == "LINE、 LINE"
    assert unveil("LINE、", {"line": [Token("line", 0, 4)]}, {"line": term}) == "LINE、"


def test_a_fingerprint_changes_with_what_a_pattern_begins_at() -> None:
    named = {term.name: term for term in (ZOOM, TALK)}
    wider = {**named, "zoom": Term("zoom", ("Zoom", "ズーム"), channel="zoom")}
    assert fingerprint(CALL, named) != fingerprint(CALL, wider)
    assert fingerprint(CALL, named) == fingerprint(Pattern("other", "ask", "call", CALL.needs, line=9), named)


def test_the_books_weights_know_every_ask(book: Book) -> None:
    second = book.reader.second
    assert second is not None
    assert {ASK + kind for kind in ASK_KINDS} <= set(second.groups)


def asks(reader: Reader, text: str) -> dict[str, str]:
    return {ask.kind: ask.evidence for ask in reader.read_facts(text).asks}
