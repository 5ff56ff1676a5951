"""What a page shows: the text in passages, the answer's view, the API's description, text made harmless."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.consultation import Book, consult
from service.facts.fact import Ask, Claim, Facts
from service.guard.reply import admit_template
from service.intake.message import make_message
from service.rendering.web.answer import AnswerView, count_rows, view_answer
from service.rendering.web.api_doc import describe_calls
from service.rendering.web.disarmed import disarm_for_page
from service.rendering.web.passages import Passage, cut_passages

DAY = date(2026, 11, 23)


def view(book: Book, text: str, **options: str) -> AnswerView:
    """Return the view of the rules' answer to a text."""
    message = make_message(text, as_of=DAY, **options)
    return view_answer(admit_template(consult(message, book)), message, id="x")


def facts(*spans: tuple[int, int]) -> Facts:
    """Return facts with an ask for each span."""
    return Facts("client_message", asks=tuple(Ask("call", "", start, end) for start, end in spans))


def test_words_are_marked_where_they_stand() -> None:
    assert cut_passages("一度Zoomで話す", facts((2, 6))) == (
        Passage("一度"),
        Passage("Zoom", ("call",)),
        Passage("で話す"),
    )


def test_what_overlaps_is_one_passage_with_both_names() -> None:
    found = Facts("client_message", asks=(Ask("call", "", 0, 4),), claims=(Claim("bizmatch", "", 2, 6),))
    assert cut_passages("abcdefgh", found) == (Passage("abcdef", ("call", "bizmatch")), Passage("gh"))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), max_size=6))
def test_passages_joined_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(start, min(start + size, len(text))) for start, size in spans if start < len(text)]
    assert "".join(passage.text for passage in cut_passages(text, facts(*inside))) == text


def test_a_source_is_told_once(book: Book) -> None:
    sources = [each for finding in view(book, "LINEかZoomで話しませんか").findings for each in finding.sources]
    fresh = [each.source for each in sources if not each.again]
    assert len(fresh) == len(set(fresh)) and {each.source for each in sources} == set(fresh)


def test_branches_stand_in_for_the_stages(book: Book) -> None:
    shown = view(book, "LINEを交換しませんか")
    assert [stage for stage, _, _ in shown.branches] == [
        "before_contract",
        "after_contract",
    ] and shown.other_stages == ()
    settled = view(book, "LINEを交換しませんか", stage="before_contract")
    assert settled.branches == () and settled.other_stages == ("after_contract",)


def test_an_assumed_site_is_known_to_be_one(book: Book) -> None:
    assert view(book, "LINEを交換しませんか").assumed_site
    assert not view(book, "ランサーズの件です。LINEを交換しませんか").assumed_site
    assert not view(book, "LINEを交換しませんか", platform="crowdworks").assumed_site


def test_the_deeds_offered_fit_what_was_asked_for(book: Book) -> None:
    assert view(book, "登録料を先に振り込んで、LINEを追加してください").deeds == ("pay", "line")


def test_a_draft_is_given_the_lines_it_needs() -> None:
    assert count_rows("あ" * 23 + "\n\nい") == 4


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x1b", "\x85", "\u2028", "\ufeff", "\U000e0041", "\u061c"])
def test_what_steers_or_hides_is_shown_as_a_dot(sign: str) -> None:
    assert disarm_for_page(f"L{sign}I") == "L·I"


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "が\u3099", "行\n行", "⚠\ufe0f"])
def test_what_belongs_to_writing_stays(text: str) -> None:
    assert disarm_for_page(text) == text


def test_the_api_is_described_with_the_shapes_it_is_made_of() -> None:
    shapes = {
        "Result": {
            "properties": {"asks": {"type": "array", "items": {"$ref": "#/components/schemas/Ask"}}},
            "required": ["asks"],
        },
        "Ask": {"properties": {"kind": {"type": "string"}, "n": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}},
    }
    body = {
        "schema": {
            "title": "Q",
            "properties": {"text": {"type": "string", "description": "文"}},
            "examples": [{"text": "あ"}],
        }
    }
    answer = {"schema": {"$ref": "#/components/schemas/Result"}, "example": {"asks": []}}
    call = {
        "description": "判定します。",
        "requestBody": {"content": {"application/json": body}},
        "responses": {"200": {"content": {"application/json": answer}}, "422": {"description": "読めません。"}},
    }
    (told,) = describe_calls({"paths": {"/a": {"post": call}, "/b": {"get": {}}}, "components": {"schemas": shapes}})
    assert (told.method, told.path, [shape.name for shape in told.answer]) == ("POST", "/a", ["Result", "Ask"])
    assert [field.kind for shape in told.answer for field in shape.fields] == ["Ask[]", "string", "integer | null"]
    assert '"text": "あ"' in told.request_example and told.errors == (("422", "読めません。"),)
