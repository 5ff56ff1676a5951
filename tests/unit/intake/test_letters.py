"""Letters: a completed table changes what the bare one changes, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.intake.letters import complete

TABLE: dict[int, str | int] = {ord("Ａ"): "A", ord("あ"): "い", ord("漢"): "", 0x1F600: "(笑)"}


@given(st.text(st.sampled_from("ＡAあい漢字😀\n~\x7f、ーヿ") | st.characters(), max_size=40))
def test_a_completed_table_changes_what_the_bare_one_changes(text: str) -> None:
    assert text.translate(complete(TABLE)) == text.translate(TABLE)


def test_the_usual_letters_are_named() -> None:
    named = complete(TABLE)
    assert all(ord(char) in named for char in "ご応募ありがとうございます。LINE 123")
