"""The view: what counts as the same text, and the way back to the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.view import ByteMap, View, fold_text, read_text

TRICKY = "ァ力厶二一口コミヶ月ｶﾞﾊﾟか\u3099は\u309aLIN Ee・-~ー、。\n\r\t\u3000\u200b\ufeff\u0336○●㌔①🅛🇱ʟÉ¼ﷺ한〇゛\ud800🙂"
texts = st.one_of(st.text(max_size=80), st.text(alphabet=TRICKY, max_size=40))
# Letters and digits with signs that no run of single letters can be made of.
ascii_words = st.lists(st.text(alphabet="abcxyzABCXYZ0189", min_size=2, max_size=8), max_size=8).map(" ".join)


def slices(text: str, view: View) -> list[str]:
    """Return the original characters behind each character of the view."""
    spans = [view.locate(index, index + 1) for index in range(len(view.text))]
    return [text[span.start : span.end] for span in spans]


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_text(text).text
    assert fold_text(once).text == once


@given(texts)
def test_offsets_rise_and_stay_inside(text: str) -> None:
    view = read_text(text)
    spans = [view.locate(index, index + 1) for index in range(len(view.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))


@given(texts, st.data())
def test_a_place_in_the_view_is_a_slice_of_the_text(text: str, data: st.DataObject) -> None:
    view = read_text(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    span = view.locate(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    inside = [view.locate(index, index + 1) for index in range(start, end)]
    assert not inside or (span.start, span.end) == (inside[0].start, inside[-1].end)


@given(ascii_words)
def test_plain_letters_and_digits_stay(text: str) -> None:
    assert read_text(text).text == text


@given(st.text(alphabet=st.characters(max_codepoint=0x7F, exclude_categories=["Cc"]), max_size=60))
def test_ascii_is_only_ever_squeezed(text: str) -> None:
    assert fold_text(text).text == text
    letters = [char for char in text if char.isalnum()]
    assert [char for char in read_text(text).text if char.isalnum()] == letters


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_a_view(text: str) -> None:
    """Broken halves of characters and unassigned ones included."""
    view = read_text(text)
    view.text.encode("utf-8")
    assert "".join(slices(text, view)) or not view.text


@given(texts)
def test_byte_offsets_lead_back_to_characters(text: str) -> None:
    mapped = ByteMap(fold_text(text).text)
    folded = fold_text(text).text
    offsets = [len(folded[:index].encode("utf-8")) for index in range(len(folded) + 1)]
    assert [mapped.find_position(offset) for offset in offsets] == list(range(len(folded) + 1))


FOLDED = [
    ("ＬＩＮＥ", "LINE"), ("ﾗｲﾝ", "ライン"), ("ﾃﾞﾝﾜ", "デンワ"), ("ﾊﾟｽﾎﾟｰﾄ", "パスポート"),  # width
    ("テ\u3099ンワ", "デンワ"), ("か゛", "が"), ("ハ゜ス", "パス"), ("゛あ", "あ"),  # voice marks
    ("L\u200bI\u2060N\ufeffE", "LINE"), ("ラ\u00adイ\u200dン", "ライン"), ("Ze\u3164ro", "Zero"),  # shown as nothing
    ("L̶I̶N̶E̶", "LINE"), ("L⃝I⃝N⃝E⃝", "LINE"), ("ĽÎŃĒ", "LINE"),  # marks and accents
    ("LІΝЕ", "LINE"), ("Ζоом", "Zoom"), ("Теlеgrаm", "Telegram"), ("ʟɪɴᴇ", "LINE"),  # look-alikes
    ("ⓁⒾⓃⒺ", "LINE"), ("🅛🅘🅝🅔", "LINE"), ("🅻🅸🅽🅴", "LINE"), ("🄻🄸🄽🄴", "LINE"), ("🇱🇮🇳🇪", "LINE"), ("⒧⒤⒩⒠", "line"),
    ("𝐋𝐈𝐍𝐄", "LINE"), ("𝙻𝙸𝙽𝙴", "LINE"), ("ᴸᴵᴺᴱ", "LINE"),  # styled letters
    ("①②③", "123"), ("❶❷⓿", "120"), ("０９０", "090"), ("1️⃣2️⃣", "12"),  # digits
    ("テレグラ厶", "テレグラム"), ("ラ亻ン", "ライン"), ("ア二メ", "アニメ"), ("メ一ル", "メール"),
    ("カ夕カナ", "カタカナ"), ("千ャット", "チャット"), ("力ード", "カード"),
    ("メ－ル", "メール"), ("メ—ル", "メール"), ("デ〜タ", "データ"), ("㌔", "キロ"), ("ヂ", "ヂ"), ("A\u00a0B", "A B"),
    ("一\r\n二", "一\n\n二"), ("a\u2028b", "a\nb"), ("L·I", "L・I"),
]  # fmt: skip
KEPT = [
    "口コミ", "サイト口コミ", "アプリ一ヶ月分", "スキル三カ所", "能力アップ", "二人", "一つ", "line", "Line",
    "090-1234-5678", "日本語の文章です。", "がぎぐげご", "ヴァイオリン", "1/2", "3~5万円", "サイト-A", "この力", "千円",
]  # fmt: skip


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folds(text: str, folded: str) -> None:
    assert fold_text(text).text == folded


@pytest.mark.parametrize("text", KEPT)
def test_leaves_alone(text: str) -> None:
    assert read_text(text).text == text


SQUEEZED = [
    ("L I N E", "LINE"), ("L・I・N・E", "LINE"), ("L.I.N.E", "LINE"), ("L/I/N/E", "LINE"), ("L🌟I🌟N🌟E", "LINE"),
    ("L\nI\nN\nE", "LINE"), ("L\r\nI\r\nN\r\nE", "LINE"), ("L - I - N - E", "LINE"), ("(L)(I)(N)(E)", "(LINE)"),
    ("Ｌ　Ｉ　Ｎ　Ｅ", "LINE"), ("ラ イ ン", "ライン"), ("ラ・イ・ン", "ライン"), ("ラ\nイ\nン", "ライン"),
    ("テ-レ-グ-ラ-ム", "テレグラム"), ("メ-ー-ル", "メール"),
    ("ら い ん で", "らいんで"),
    ("電 話 番 号", "電話番号"), ("電 話で", "電話で"),
    ("通・話", "通話"), ("電📞話📞面📞談", "電話面談"), ("L I N E、Z O O M", "LINE、ZOOM"),
    ("A B C Dog", "ABC Dog"),
]  # fmt: skip
NOT_SQUEEZED = [
    "I am",
    "A B Cat",
    "a b",
    "Yes - no",
    "A社 B社 C社",
    "ア イ",
    "は い",
    "電話 番号",
    "1 2 3",
    "私 は LINE",
    "x.y",
]


@pytest.mark.parametrize(("text", "squeezed"), SQUEEZED)
def test_joins_letters_set_apart(text: str, squeezed: str) -> None:
    assert read_text(text).text == squeezed


@pytest.mark.parametrize("text", NOT_SQUEEZED)
def test_does_not_join_words(text: str) -> None:
    assert read_text(text).text == text


@pytest.mark.parametrize(
    ("text", "found", "quote"),
    [
        ("ぜひＬ Ｉ Ｎ Ｅで", "LINE", "Ｌ Ｉ Ｎ Ｅ"),
        ("今日はﾃﾞﾝﾜで", "デンワ", "ﾃﾞﾝﾜ"),
        ("L\u200bI\u200bN\u200bEを", "LINE", "L\u200bI\u200bN\u200bE"),
        ("㌔は", "キロ", "㌔"),
        ("電話で", "電話", "電話"),
    ],
)
def test_the_quote_is_the_text_as_it_was_given(text: str, found: str, quote: str) -> None:
    view = read_text(text)
    start = view.text.index(found)
    span = view.locate(start, start + len(found))
    assert text[span.start : span.end] == quote


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("日程の調整のため、\nLINEのIDを\n教えてください。", "日程の調整のため、LINEのIDを教えてください。"),
        ("お電話番号\nをお知らせください", "お電話番号をお知らせください"),
        ("Zoomで\n  お話しできますか", "Zoomでお話しできますか"),
        ("please send\nyour phone number", "please send your phone number"),
        ("十六文字より長くて幅のそろった行は、い\nつもどこかで切られているものなのでひと\nつづきに読む", None),
        ("ご応募ありがとうございます\nZoomは使いません", ""),  # the rest stay as they are
        ("お名前は\n・漢字\n・カナ", ""),
        ("お名前と\n1. ご住所", ""),
        ("1. お名前\n2. ご住所\nをお知らせください", ""),
        ("こちらは\n\n別の話です", ""),
        ("Thanks.\nPlease wait", ""),
    ],
)
def test_lines_broken_within_a_sentence_are_joined(written: str, read: str | None) -> None:
    """None: all breaks go; an empty string: all stay."""
    expected = written.replace("\n", "") if read is None else read or written
    view = read_text(written)
    assert view.text == expected
    assert "".join(slices(written, view)).replace("\n", "").replace(" ", "") == written.replace("\n", "").replace(
        " ", ""
    )
