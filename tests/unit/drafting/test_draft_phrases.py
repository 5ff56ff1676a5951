"""What was asked for is named as a person would name it."""

from __future__ import annotations

import pytest

from service.drafting.library import DraftLibrary
from service.drafting.template import phrase_asked
from service.vocabulary import ASK_KINDS, LANGUAGES, Language


def phrase(asks: str, library: DraftLibrary, language: Language = "ja") -> str:
    pairs = [(ask, channel or None) for ask, _, channel in (each.partition("/") for each in asks.split())]
    return phrase_asked(pairs, language=language, library=library)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ("", "ご提案の進め方"),
        ("call", "通話でのお打ち合わせ"),
        ("call/zoom", "Zoomでのお打ち合わせ"),
        ("call/google_meet", "Google Meetでのお打ち合わせ"),
        ("call/phone", "お電話でのお打ち合わせ"),
        ("call/no_such_channel", "通話でのお打ち合わせ"),
        ("line_exchange", "LINEでのご連絡"),
        ("line_exchange/openchat", "LINEオープンチャットでのご連絡"),
        ("other_messenger", "外部チャットでのご連絡"),
        ("other_messenger/chatwork", "Chatworkでのご連絡"),
        ("other_messenger/kakaotalk", "カカオトークでのご連絡"),
        ("other_messenger/skype", "Skype IDのお知らせ"),
        ("phone_number", "電話番号のお知らせ"),
        ("registration/google_form", "Googleフォームへの入力"),
        ("call/zoom line_exchange/line", "Zoomでのお打ち合わせとLINEでのご連絡"),
        ("call/zoom call/teams", "Zoom・Teamsでのお打ち合わせ"),
        ("call/zoom call/zoom", "Zoomでのお打ち合わせ"),
        ("phone_number postal_address", "電話番号・住所のお知らせ"),
        ("call/zoom phone_number postal_address", "Zoomでのお打ち合わせと電話番号・住所のお知らせ"),
        ("call/zoom line_exchange identity_document", "Zoomでのお打ち合わせ、LINEでのご連絡、本人確認書類の提出"),
        ("call/zoom line_exchange phone_number forwarding", "Zoomでのお打ち合わせ、LINEでのご連絡など"),
        ("email_exchange phone_number postal_address call", "メールアドレス・電話番号のお知らせなど"),
    ],
)
def test_japanese(asks: str, expected: str, library: DraftLibrary) -> None:
    assert phrase(asks, library) == expected


@pytest.mark.parametrize(
    ("asks", "language", "expected"),
    [
        ("call/zoom", "en", "a call on Zoom"),
        ("call/phone", "en", "a phone call"),
        ("phone_number postal_address", "en", "sharing my phone number and my address"),
        ("call/zoom line_exchange", "en", "a call on Zoom and contact on LINE"),
        ("call line_exchange purchase", "en", "a call, contact on LINE and buying materials or goods"),
        ("call line_exchange purchase forwarding", "en", "a call, contact on LINE and the other points you raised"),
        ("call/zoom", "zh", "通过Zoom通话"),
        ("phone_number postal_address", "zh", "提供电话号码和住址"),
        ("call/zoom phone_number", "zh", "通过Zoom通话以及提供电话号码"),
        ("call line_exchange purchase forwarding", "zh", "进行通话、通过LINE联系等"),
    ],
)
def test_other_languages(asks: str, language: Language, expected: str, library: DraftLibrary) -> None:
    assert phrase(asks, library, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ask", ASK_KINDS)
def test_every_ask_and_channel_has_words_without_marks(ask: str, language: Language, library: DraftLibrary) -> None:
    for channel in ("", *library.asked.channels):
        found = phrase(f"{ask}/{channel}", library, language)
        assert found and not set(found) & set("{}|")
