"""Mask what is personal in a text: names, numbers, addresses, handles, links; what cannot be settled is masked too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from service.facts.contacts import find_contacts
from service.facts.fact import Facts
from service.facts.name_words import KEPT_LATIN, NOBODY, ROLE_WORDS, SURNAMES
from service.intake.view import Span, View, read_letters

_LABELS = {"phone": "電話", "email": "メール", "line_id": "ID", "handle": "ID", "url": "リンク"}
_UNITS = (
    "分|時間|時|日間|日|営業日|週間|週|か月|ヶ月|ヵ月|カ月|月|円|万円|千円|万|文字|字|語|本|記事|件|名|人|回|枚|点|個|通|社|か所|ページ|割|倍|行|ファイル|コマ|秒"
    "|段階|種類|つ|名様|度|歳代|代|位|章|話|曲|冊|台|問|部|GB|MB|TB|KB|px|%|％|年|年間|年目|級"
)
_MONEY_AND_TIME = re2.compile(rf"(?:{_UNITS})")
_LATIN = re2.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+'’@/:?=&#~\-]*[A-Za-z0-9])?")
_KANJI_NUMBER = re2.compile(r"[〇零一二三四五六七八九十百千のノ\-ー・]{4,}")
_KANA_NUMBER = re2.compile(
    r"(?:(?:ぜろ|れい|いち|にー?|さん|よん|しー?|ごー?|ろく|なな|しち|はち|きゅう|くー?|まる"
    r"|ゼロ|レイ|イチ|ニー?|サン|ヨン|シー?|ゴー?|ロク|ナナ|シチ|ハチ|キュウ|キュー|マル)[ \-ー・の]{0,2}){5,}"
)
_SPELT_OUT = re2.compile(r"[^。\n]*(?:あっと|アット|あとまーく|アットマーク)[^。\n]*(?:どっと|ドット)[^。\n]*")
_KANJI = re2.compile(r"[\p{Han}々ヶ]+")
_GIVEN = re2.compile(r"[ ]?(?:[\p{Han}々]{1,3}|\p{Hiragana}{2,4}|[\p{Katakana}ー]{2,6})?")
_NAMED = re2.compile(
    r"([^\s、。,!?「」『』()【】・:;]{1,16})(?:と(?:もう|申|云|言|い)(?:し|い|っ)(?:ます|て|ています|ております)|でございます)"
)
_TITLED = re2.compile(
    r"([\p{Han}々]{1,8}|[\p{Katakana}ー]{2,12}|\p{Hiragana}{2,6})(?:さん|様|さま|氏|君|くん|ちゃん|先生|殿)"
)
_FIELD = re2.compile(
    r"(?:(?:氏名|本名|名前|名義)は|(?:氏名|本名|名前|名義|担当者?|住所|所在地|生年月日|電話|TEL|ハンドルネーム|アカウント名?|ユーザー名?|署名|フリガナ|ふりがな)[ ]?[:：])"
    r"[ ]?([^\n、。,]{1,40})"
)
_FIRM = re2.compile(
    r"(?:株式会社|有限会社|合同会社|合資会社|一般社団法人|社団法人|財団法人|\(株\)|\(有\))[ ]?([^\s、。,!?「」()のではがをにと]{1,20})"
    r"|([\p{Han}\p{Katakana}ー]{1,15})(?:株式会社|有限会社|合同会社|\(株\)|\(有\))"
)
_PLACE = re2.compile(
    r"(?:北海道|東京都|大阪府|京都府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀"
    r"|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)[^\s、。,!?「」]{0,30}"
    r"|[\p{Han}\p{Katakana}ヶ]{1,6}(?:市|区|町|村|郡)[^\s、。,!?「」がをにはでとへ]{0,12}[0-9〇一二三四五六七八九十]+[^\s、。,!?「」がをにはとへ]{0,20}"
    r"|[0-9〇一二三四五六七八九十]+(?:丁目|番地|番|号室|号)[^\s、。,!?「」がをにはとへ]{0,20}"
)
_CHINESE = re2.compile(r"(?:我叫|我是|名叫|姓)([^\s、。,，!?]{1,8})|([\p{Han}]{1,4})(?:先生|女士|小姐|老师)")
_SIGNED = re2.compile(
    r"(?:^|\n)([\p{Han}々\p{Katakana}ー]{1,5}[ ][\p{Han}々\p{Hiragana}\p{Katakana}ー]{1,6})[ ]*(?:\n|$)"
)
_LONE = re2.compile(r"(?:^|\n)[ ]*([\p{Han}々]{2,5})[ ]*(?:\n|$)")
_ROLE_NAME = re2.compile(
    rf"(?:{'|'.join(ROLE_WORDS)})の([\p{{Han}}々]{{1,4}})(?:が|は|から|まで|より|へ|に|を|と|宛|です)"
)
_SAID = re2.compile(r"(?:おります|います|ます|の|担当)、[ ]?(\p{Hiragana}{2,6})です")
_ALONE = re2.compile(
    r"(?:^|[。\n!?])[ ]*([\p{Han}々]{1,6}|[\p{Katakana}ー]{2,8})(?:です|でございます|だよ)(?:[。\n!?]|$)"
)
_BANK = re2.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}ー]{1,8}(?:銀行|信用金庫|信金|支店)")
_BIRTHDAY = re2.compile(
    r"[0-9]{3,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|(?:昭和|平成|令和)[0-9元]{1,2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
)
_PLACEHOLDER = re2.compile(r"〔[^〔〕]*〕")
_BRACKETS = re2.compile(r"[〔〕]+")
_AROUND = ((_FIELD, "名前"), (_FIRM, "社名"), (_CHINESE, "名前"), (_SIGNED, "名前"), (_LONE, "名前"))
_UNSETTLED = re2.compile(r"[^\s\p{Han}\p{Hiragana}\p{Katakana}ー々〆ヶA-Za-z0-9\p{P}\p{S}]+")
_ROLE_END = re2.compile(rf"(?:{'|'.join(ROLE_WORDS)})$")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose personal parts are placeholders. `values` leads back: placeholder and what stood there."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def restore(self, text: str) -> str:
        """Put back what the placeholders in a text stand for."""
        known, parts, at = dict(self.values), list[str](), 0
        for match in _PLACEHOLDER.finditer(text):  # one pass: what was put back is not read again
            parts += [text[at : match.start()], known.get(match.group(), match.group())]
            at = match.end()
        return "".join([*parts, text[at:]])


def mask_personal(text: str, facts: Facts) -> Masked:
    """Replace names, numbers, addresses, handles and links by placeholders; the same value gets the same one.

    `facts` may be those of a longer text around it: its contact details are masked wherever their words occur.
    """
    spans = [(span, label) for span, label in _find_spans(text) if span.start < span.end]
    for contact in facts.contacts:
        spans += [(span, _LABELS[contact.kind]) for span in _find_all(text, contact.quote)]
    masked = _replace(text, sorted(spans, key=lambda found: (found[0].start, -found[0].end)))
    if find_contacts(read_letters(masked.text), masked.text):  # a detail pieced together by the masking itself
        return _replace(text, [(Span(0, len(text)), "文")])
    return masked


def _find_all(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + len(quote))


def _find_spans(text: str) -> Iterator[tuple[Span, str]]:
    view = read_letters(text)  # romaji names stay Latin words, and those are masked
    for contact in find_contacts(view, text):
        yield Span(contact.start, contact.end), _LABELS[contact.kind]
    for start, end, label in _find_in_view(view):
        yield view.locate(start, end), label


def _find_in_view(view: View) -> Iterator[tuple[int, int, str]]:
    text = view.text
    yield from ((*match.span(), "記号") for match in _BRACKETS.finditer(text))
    yield from ((*match.span(), "文字") for match in _UNSETTLED.finditer(text))
    yield from ((*match.span(), "住所") for match in _PLACE.finditer(text))
    yield from ((*match.span(), "番号") for match in _KANJI_NUMBER.finditer(text) if _counts(match.group()) >= 4)
    yield from ((*match.span(), "番号") for match in _KANA_NUMBER.finditer(text))
    yield from ((*match.span(), "番号") for match in _BIRTHDAY.finditer(text))
    yield from ((*match.span(), "口座") for match in _BANK.finditer(text))
    yield from ((*match.span(), "メール") for match in _SPELT_OUT.finditer(text))
    yield from _find_latin(text)
    yield from _find_names(text)


def _counts(run: str) -> int:
    return sum(char not in "のノ-ー・" for char in run)


def _find_latin(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield every Latin word and number but those known to be nobody's."""
    for match in _LATIN.finditer(text):
        word, (start, end) = match.group(), match.span()
        if _fold_case(word) in KEPT_LATIN:
            continue
        if _is_amount(word, text[end : end + 4]):
            continue
        yield start, end, "番号" if all(char in "0123456789-./:" for char in word) else "ID"


def _fold_case(word: str) -> str:
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in word)


def _is_amount(word: str, after: str) -> bool:
    """A short number with its unit (15分, 3,000文字) or a time of day (14:00) tells nothing about a person."""
    digits = [char for char in word if "0" <= char <= "9"]
    if len(digits) != len([char for char in word if char not in ".,:~-/"]):
        return False
    if ":" in word:
        return len(digits) <= 4
    year = after.startswith("年") and not after.startswith(("年間", "年目")) and len(digits) > 2
    return len(digits) <= 6 and not year and bool(_MONEY_AND_TIME.match(after) or after.startswith((",", "~", "-")))


def _find_names(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, label in _AROUND:
        for match in pattern.finditer(text):
            group = next(number for number in range(1, pattern.groups + 1) if match.group(number) is not None)
            yield (*match.span(group), label)
    for match in _NAMED.finditer(text):
        start, end = match.span(1)
        yield _after_role(text, start, end), end, "名前"
    for pattern in (_TITLED, _ALONE, _ROLE_NAME, _SAID):
        for match in pattern.finditer(text):
            if match.group(1) not in NOBODY:
                yield (*match.span(1), "名前")
    yield from _find_surnames(text)


def _after_role(text: str, start: int, end: int) -> int:
    """Return where a name begins in 採用担当の佐藤: after the last の, or the last word that tells a role."""
    at = text.rfind("の", start, end - 1) + 1
    for word in ROLE_WORDS:
        found = text.rfind(word, start, end)
        if found >= 0 and found + len(word) < end:
            at = max(at, found + len(word))
    return max(start, at)


def _find_surnames(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _KANJI.finditer(text):
        start, end = match.span()
        for at in range(start, end - 1):
            if at != start and not _ROLE_END.search(text[start:at]):
                continue
            if any(text[at : min(end, at + size)] in SURNAMES for size in (2, 3)):
                given = _GIVEN.match(text[end : end + 7]) if text[end : end + 1] == " " else None
                yield at, end + (given.end() if given else 0), "名前"
                break


def _replace(text: str, spans: list[tuple[Span, str]]) -> Masked:
    kept: list[str] = []
    values: dict[str, str] = {}
    at = 0
    for span, label in _merge(spans):
        value = text[span.start : span.end]
        placeholder = values.get(value) or f"〔{label}{len(values) + 1}〕"
        values[value] = placeholder
        kept += [text[at : span.start], placeholder]
        at = span.end
    return Masked("".join([*kept, text[at:]]), tuple((placeholder, value) for value, placeholder in values.items()))


def _merge(spans: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Yield spans that do not overlap: what overlaps is one, under the label of the first."""
    merged: list[tuple[Span, str]] = []
    for span, label in spans:
        if merged and span.start < merged[-1][0].end:
            last, first = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end)), first
        else:
            merged.append((span, label))
    yield from merged
