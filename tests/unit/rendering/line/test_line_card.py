"""The card: verdict in words, the client's words, why, what to do, where it is written; readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from service.consultation import Book
from service.guard.reply import _SEAL, Reply, admit_template
from service.rendering.line.reply import render_reply
from service.vocabulary import BADGES
from tests.unit.rendering.line.conftest import ZOOM, Ask, Json, answer_to, read_words, walk

SCAM = "免許証の写真を送ってください。登録料3,000円を先に振り込み、AnyDeskを入れてください。本日中にお願いします。"
FRIEND = "今後のやり取りはLINEで行いますので、友だち追加をお願いします。"
NOTHING = "納品ありがとうございました。修正はありません。次回もよろしくお願いします。"


def _render(ask: Ask, text: str = ZOOM, **situation: str) -> list[Json]:
    return render_reply(ask(text, **situation), text=text, key="key1")


@pytest.mark.parametrize("text", (ZOOM, SCAM, FRIEND, NOTHING))
def test_the_verdict_is_said_in_words_on_the_card_and_in_its_alternative_text(ask: Ask, text: str) -> None:
    reply = ask(text)
    messages = render_reply(reply, text=text, key="key1")
    word = BADGES[reply.advice.verdict][1]
    assert word in read_words(messages[:1]) and word in messages[0]["altText"]


def test_the_card_says_why_and_what_to_do_and_links_its_source_with_the_day(ask: Ask) -> None:
    reply = ask()
    finding, card = reply.advice.findings[0], _render(ask)[0]
    shown = read_words([card])
    assert all(text in shown for text in (reply.advice.summary, finding.why, finding.do, *reply.advice.next_steps))
    links = {node["action"]["uri"]: node["text"] for node in walk(card) if node.get("action", {}).get("type") == "uri"}
    assert "2026-11-23 確認" in links[finding.sources[0].url]


def test_the_clients_words_stand_marked_in_what_surrounds_them(ask: Ask) -> None:
    marked = [
        node["text"] for node in walk(_render(ask)) if node.get("decoration") == "underline" and "action" not in node
    ]
    assert marked == [ask().advice.facts.asks[0].quote]


def test_the_words_that_prove_the_gravest_findings_are_quoted_first(ask: Ask) -> None:
    text = "LINEを追加してください。お電話でもご説明します。メールもください。免許証の写真も送ってください。"
    reply = ask(text, stage="before_contract")
    assert reply.advice.verdict == "danger" and reply.advice.facts.asks[0].kind != "identity_document"
    shown = read_words(render_reply(reply, text=text, key="key1"))
    assert shown.index("本人確認書類") < shown.index("LINEの交換")


def test_what_has_already_happened_comes_first(ask: Ask) -> None:
    text = "身分証の写真を送ってしまいました。どうしたらいいですか。"
    shown = read_words(render_reply(ask(text), text=text, key="key1"))
    assert shown.index("身分証を送ってしまったとき\n") < shown.index("本人確認は、サイトの画面で")


def test_the_models_words_stand_under_the_rules_summary_and_its_tip_among_the_notes(ask: Ask) -> None:
    reply = ask()
    warmer = Reply(
        reply.advice, reply.drafts, "model", lead="お困りでしたね。", tip="急がなくて大丈夫です。", seal=_SEAL
    )
    shown = read_words(render_reply(warmer, text=ZOOM, key="key1"))
    assert shown.index(reply.advice.summary) < shown.index("お困りでしたね。") < shown.index("急がなくて大丈夫です。")


def test_the_alternative_texts_give_nothing_away(ask: Ask) -> None:
    messages = _render(ask, SCAM)
    told = " ".join(message["altText"] for message in messages)
    assert not any(word in told for word in ("免許証", "3,000", "AnyDesk", "登録料"))
    assert all(message["altText"].endswith("。") for message in messages)


def test_joined_messages_are_counted(ask: Ask) -> None:
    several = render_reply(ask(), text=ZOOM, key="key1", joined=3)
    assert "3件のメッセージをまとめて確認しました" in read_words(several)
    assert "まとめて確認しました" not in read_words(_render(ask))


def test_where_the_stage_decides_each_branch_is_answered_and_can_be_tapped(ask: Ask) -> None:
    card = _render(ask, FRIEND)[0]
    assert "契約前なら ⛔ 規約違反" in read_words([card]) and "契約後なら ⚠️ 要確認" in read_words([card])
    taps = [node["action"]["data"] for node in walk(card["contents"]) if node.get("type") == "button"]
    assert taps == ["k1:stage:before_contract:key1", "k1:stage:after_contract:key1"]


def test_nothing_found_is_not_called_safe(ask: Ask) -> None:
    shown = read_words(_render(ask, NOTHING, stage="after_contract"))
    assert "信頼できるかどうかまではわかりません" in shown and "安全です" not in shown


def test_a_desk_is_called_with_one_tap(ask: Ask) -> None:
    uris = [node["uri"] for node in walk(_render(ask, SCAM)) if node.get("type") == "uri"]
    assert "tel:188" in uris and "tel:%239110" in uris


def test_a_card_that_grows_too_large_keeps_what_matters_most(book: Book) -> None:
    answer = answer_to(book, SCAM)
    finding = replace(answer.advice.findings[0], why="理由" * 250, do="すること" * 120, what="何が" * 250)
    advice = replace(answer.advice, findings=(finding,) * 9, notes=("注" * 499,) * 4)
    shown = read_words(render_reply(admit_template(replace(answer, advice=advice)), text=SCAM, key="key1"))
    assert advice.summary in shown and all(step in shown for step in advice.next_steps) and "理由" in shown


def test_what_would_turn_the_reading_direction_is_shown_as_a_dot(ask: Ask) -> None:
    text = "\u202eZoomで\u202e面談しましょう"
    assert "\u202e" not in read_words(render_reply(ask(text), text=text, key="key1")[:1])


def _grounds(node: Json, ground: str) -> Iterator[tuple[Json, str]]:
    """Yield each text and button with the colour it stands on."""
    ground = node.get("backgroundColor", ground)
    if node.get("type") in ("text", "span", "button"):
        yield node, ground
    for child in node.get("contents", []):
        yield from _grounds(child, ground)


def _contrast(ink: str, ground: str) -> float:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("text", (ZOOM, SCAM, FRIEND, NOTHING))
def test_every_text_names_its_colour_and_stands_out_from_its_ground(ask: Ask, text: str) -> None:
    for bubble in (message["contents"] for message in _render(ask, text)):
        for block in ("header", "body", "footer"):
            if block in bubble:
                for node, ground in _grounds(bubble[block], bubble["styles"][block]["backgroundColor"]):
                    _check_contrast(node, ground)


def _check_contrast(node: Json, ground: str) -> None:
    if node["type"] == "button":
        ink, ground = ("#FFFFFF" if node["style"] == "primary" else "#111111"), node["color"]
    else:
        ink = node["color"]
    assert _contrast(ink, ground) >= 4.5, node


@pytest.mark.parametrize("text", (ZOOM, SCAM, FRIEND, NOTHING))
def test_nothing_is_clipped_on_a_narrow_phone(ask: Ask, text: str) -> None:
    nodes = list(walk(_render(ask, text)))
    assert all(node["wrap"] for node in nodes if node.get("type") == "text")
    assert not any({"height", "maxHeight", "maxLines", "width", "maxWidth"} & node.keys() for node in nodes)
