"""Guards: whose words a request is in, and what takes it back."""

from __future__ import annotations

import pytest

from service.consultation import Book


def asks(book: Book, text: str) -> set[str]:
    return {ask.kind for ask in book.reader.read_facts(text).asks}


@pytest.mark.parametrize(
    "text",
    [
        "Zoomの使い方を初心者向けに解説する記事をお願いします。",
        "Zoomで録画した講義（60分）の文字起こしをお願いします。",
        "電話番号と住所を転記していただくお仕事です。",
        "入力項目は氏名、メールアドレス、電話番号です。デザインをお願いします。",
        "「身分証を送って」の吹き出しを大きくしてください。",
        "お問い合わせフォームのメールアドレスの入力欄を必須にしてください。",
        "LINE公式アカウントの通知を切る方法を、画像つきで説明する記事です。",
    ],
)
def test_what_the_job_is_about_is_no_request(book: Book, text: str) -> None:
    assert asks(book, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "LINEのIDをお送りいただくものではありません。",
        "メールアドレスをお伺いすることは一切ございません。",
        "Q. 面談はありますか?\nA. ございません。",
        "以前はZoomで打ち合わせをしていましたが、今はメッセージだけです。",
        "契約前にLINEで連絡することは規約で認められていません。",
    ],
)
def test_what_is_refused_or_past_is_no_request(book: Book, text: str) -> None:
    assert asks(book, text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LINEスタンプの制作です。詳細をLINEでお話ししたいのでIDを教えてください。", "line_exchange"),
        ("Zoomの録画の編集のお仕事です。まずZoomで15分お話しできますか。", "call"),
        ("【使用ツール】\nチャットワーク、Zoom", "other_messenger"),
        ("以下をご返信ください。\n・お名前\n・電話番号", "phone_number"),
        ("LINEは不要ですが、Zoomだけお願いします。", "call"),
        ("怪しいものではありませんので、LINEの追加をお願いします。", "line_exchange"),
    ],
)
def test_a_request_to_the_worker_stays_one(book: Book, text: str, kind: str) -> None:
    assert kind in asks(book, text)
