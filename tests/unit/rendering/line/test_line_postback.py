"""A button's data goes out and comes back; what is not ours is nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rendering.line.measure import LONGEST_POSTBACK, count_units
from service.rendering.line.postback import ACTIONS, LONGEST_KEY, Postback, decode_postback, encode_postback

EVERY = [Postback(action, value, "01JAB-c_9") for action, values in ACTIONS.items() for value in values]


@pytest.mark.parametrize("postback", EVERY, ids=lambda each: f"{each.action}-{each.value}")
def test_every_button_comes_back_as_it_went_out(postback: Postback) -> None:
    data = encode_postback(postback)
    assert decode_postback(data) == postback and count_units(data) <= LONGEST_POSTBACK


def test_the_longest_key_still_fits() -> None:
    longest = Postback("stage", "before_contract", "k" * LONGEST_KEY)
    assert decode_postback(encode_postback(longest)) == longest


@pytest.mark.parametrize(
    "data",
    (
        "", "k1", "k1:stage", "k1:stage:sometime:x", "k1:run:rm:x", "k0:help::", "k1:help::a:b", "k1:help::あ",
        "k1:help::" + "k" * 65, "k1:draft:decline:../x", "action=stage&value=before_contract", "x" * 301, "k1:HELP::",
    ),
)  # fmt: skip
def test_forged_unknown_and_overlong_data_is_not_ours(data: str) -> None:
    assert decode_postback(data) is None


@given(st.text(max_size=320))
def test_no_data_makes_it_stumble(data: str) -> None:
    decoded = decode_postback(data)
    assert decoded is None or encode_postback(decoded) == data


@pytest.mark.parametrize("postback", (Postback("run"), Postback("stage", ""), Postback("help", "", "a:b")))
def test_a_button_that_would_not_come_back_is_never_made(postback: Postback) -> None:
    with pytest.raises(ValueError, match="no button says"):
        encode_postback(postback)
