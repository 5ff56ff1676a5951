"""What is personal does not stay readable; what a case is about does; nothing is lost on the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.facts.contacts import find_contacts
from service.facts.fact import Facts
from service.facts.personal import mask_personal
from service.intake.view import read_text

NOTHING = Facts("client_message")
PERSONAL = {  # a message, and what of it must be gone
    "はじめまして。株式会社ミナモの採用担当、佐藤花子と申します。": ("佐藤", "花子", "ミナモ"),
    "採用担当佐藤 太郎です。": ("佐藤", "太郎"),
    "わたくし、たなかと申します。": ("たなか",),
    "鷹司です。よろしくお願いします。": ("鷹司",),
    "担当の林がご案内します。": ("林",),
    "よろしくお願いします。\n御手洗 凛\n": ("御手洗", "凛"),
    "山田さんからご紹介いただきました。": ("山田",),
    "お電話は０９０ー１２３４ー５６７８です。": ("１２３４", "５６７８"),
    "番号は〇九〇一二三四五六七八です。": ("一二三四",),
    "ぜろきゅうぜろいちにさんよんまで": ("きゅう", "よん"),
    "LINE ID: hana_01 を追加してください。": ("hana_01",),
    "ユーザー名 @sample_hayashi を検索": ("sample_hayashi",),
    "hanako(at)example.comへ": ("hanako", "example"),
    "たなか あっと じーめーる どっと こむ": ("たなか", "じーめーる"),
    "https://example.com/a?id=1 を開いてください": ("example", "id=1"),
    "〒150-0001 東京都渋谷区神宮前1-2-3 サンプルビル5F": ("150", "渋谷", "神宮前", "1-2-3"),
    "港区芝公園4丁目2番8号まで": ("港区", "芝公園", "4丁目"),
    "1990年5月3日生まれの者です": ("1990", "5月3日"),
    "みずほ銀行 渋谷支店 1234567": ("みずほ", "渋谷", "1234567"),
    "氏名: ジョン・スミス": ("ジョン", "スミス"),
    "Please contact John Smith on Telegram": ("John", "Smith"),
    "我叫李明。": ("李明",),
    "T A N A K A へ": ("T A N A K A",),
    "Namae wa Yamada Tarou desu. Juusho wa Shibuya-ku Jinnan 1-2-3 desu.": ("Yamada", "Tarou", "Shibuya", "Jinnan"),
}
KEPT = (
    "契約前に、Zoomで15分ほどお話しできますか。",
    "1記事2,000文字で、月に10本、報酬は3,000円です。",
    "LINEを追加してください。詳細はそちらでお伝えします。",
    "ライターの皆様へ。お客様のアカウントは不要です。",
    "以上です。どうぞよろしくお願いいたします。",
)


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_personal_is_masked(text: str) -> None:
    masked = mask_personal(text, NOTHING)
    assert [gone for gone in PERSONAL[text] if gone in masked.text] == []
    assert masked.restore(masked.text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_a_case_is_about_stays(text: str) -> None:
    assert mask_personal(text, NOTHING).text == text


def test_the_same_value_gets_the_same_placeholder() -> None:
    masked = mask_personal("hana_01 です。hana_01 を追加してください。", NOTHING)
    assert masked.text == "〔ID1〕 です。〔ID1〕 を追加してください。"


def test_placeholders_written_by_the_client_stand_for_nothing_else() -> None:
    masked = mask_personal("〔名前1〕の件で、佐藤です。", NOTHING)
    assert masked.restore(masked.text) == "〔名前1〕の件で、佐藤です。"
    assert masked.restore("〔名前9〕") == "〔名前9〕"


@given(st.text(max_size=80))
def test_any_text_comes_back_whole_and_holds_no_contact_detail(text: str) -> None:
    masked = mask_personal(text, NOTHING)
    assert masked.restore(masked.text) == text
    assert find_contacts(read_text(masked.text), masked.text) == ()
