"""The chat page over HTTP: the form without script, the stream for pages with script, opinions, documentation."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from fastapi.testclient import TestClient

from service.adapters.web_texts import read_web_texts
from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.errors import InputError
from service.observation import Observation
from service.settings import Settings
from service.wiring.parts import Parts
from tests.browser.conftest import serve_app
from tests.fakes.worders import BRIDGE, LEAD, PolishingWorder, SlowWorder

ASK = "契約前ですが、LINEを交換しませんか"
OPEN = "契約のことは置いておいて、Chatworkでやり取りしましょう。IDを教えてください。"
BROWSER = {"Accept": "text/html", "Accept-Language": "ja"}


@dataclass
class RememberingObserver:
    """An observer that keeps what it is told, for the test to read."""

    seen: list[Observation] = field(default_factory=list)
    rated: dict[str, bool] = field(default_factory=dict)

    def record(self, observation: Observation) -> None:
        """Keep an observation."""
        self.seen.append(observation)

    def rate(self, id: str, *, useful: bool) -> bool:
        """Keep an opinion where the answer is known."""
        known = any(each.id == id for each in self.seen)
        if known:
            self.rated[id] = useful
        return known

    def forget(self, *, id: str = "", owner: str = "") -> None:
        """Forget nothing: no test asks for it."""


@pytest.fixture
def observer() -> RememberingObserver:
    """What was observed during the test."""
    return RememberingObserver()


@pytest.fixture
def client(book: Book, observer: RememberingObserver) -> Iterator[TestClient]:
    """A browser without script."""
    parts = Parts(Settings(rate_limit=0), Consultant(book, observer=observer))
    with TestClient(create_app(parts), headers=BROWSER) as running:
        yield running


def post(client: TestClient, path: str = "/", **fields: str) -> Any:
    """Send a form and return the response."""
    return client.post(path, data=fields)


def read_events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a stream with their data."""
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_the_page_is_there_and_lets_nothing_foreign_in(client: TestClient) -> None:
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    assert page.status_code == 200 and "そのメッセージ、応じて大丈夫？" in page.text
    assert "unsafe" not in policy and "http" not in policy and "script-src 'self'" in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page.text)


def test_a_form_without_script_is_answered_whole(client: TestClient) -> None:
    page = post(client, text=ASK)
    assert page.status_code == 200 and "規約違反" in page.text
    assert "<mark>LINEを交換" in page.text and "LINEの交換</span>" in page.text
    assert "恐れ入りますが、LINEでのご連絡は控えております。" in page.text and "2026-11-23 確認" in page.text


def test_a_follow_up_in_words_keeps_the_message(client: TestClient) -> None:
    first = post(client, text=OPEN)
    assert "契約前です" in first.text and "状況次第" in first.text
    page = post(client, about=OPEN, text="契約後です。ココナラです")
    assert "ココナラ・契約後" in page.text and "Chatworkでやり取り" in page.text


def test_a_tapped_sentence_wins_over_the_field(client: TestClient) -> None:
    page = post(client, about=OPEN, text="", say="契約前です")
    assert "規約違反" in page.text and 'name="stage" value="before_contract"' in page.text


def test_a_tone_is_kept(client: TestClient) -> None:
    page = post(client, about=ASK, say="短く")
    assert re.search(r'value="短く" aria-pressed="true"', page.text) and 'name="register" value="short"' in page.text


def test_what_has_happened_is_answered_with_what_helps_now(client: TestClient) -> None:
    page = post(client, about=ASK, say="もう友だち追加してしまいました。どうしたらいいですか。")
    assert "追加しただけなら、返信を止めてブロックしましょう。" in page.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "文章が空です"),
        ({}, "文章が空です"),
        ({"text": "あ" * 10_001}, "文章が長すぎます"),
        ({"text": "a\x00b"}, "文字として読み取れませんでした"),
        ({"text": ASK, "platform": "mixi"}, "選び直してください"),
        ({"text": ASK, "stage": "later"}, "選び直してください"),
        ({"text": ASK, "register": "rude"}, "選び直してください"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client: TestClient, fields: dict[str, str], told: str) -> None:
    page = post(client, **fields)
    assert page.status_code == 422 and told in page.text
    kept = fields.get("text", "").replace("\x00", "·")
    assert kept.replace("·", "")[:20] in html.unescape(page.text)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("契約前です", "わかりました。"),
        ("ヘルプ", "「確かめる」を押してください"),
        ("2", "まだありません"),
        ("終了", "おつかれさまでした"),
        ("もう送ってしまった", "いまからできることがあります"),
        ("履歴を削除", "このブラウザーの中だけ"),
    ],
)
def test_words_for_the_advisor_get_a_note_where_there_is_nothing_to_judge(
    client: TestClient, said: str, told: str
) -> None:
    page = post(client, text=said)
    assert page.status_code == 200 and told in page.text


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_a_greeting_gets_a_friendly_word_and_no_verdict(
    client: TestClient, observer: RememberingObserver, path: str
) -> None:
    page = post(client, path, text="こんにちは")
    told = page.text if path == "/" else page.json()["html"]
    assert "メッセージをありがとうございます。" in told and "こんにちは" in told and "badge" not in told
    assert observer.seen == []


def test_a_reset_begins_anew(client: TestClient) -> None:
    page = client.post("/", data={"text": "リセット"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/")


def test_line_ends_of_a_form_are_what_was_typed(client: TestClient) -> None:
    page = post(client, "/chat", text="一行目\r\nLINEを交換しませんか")
    assert read_events(page.text)[0][1]["about"] == "一行目\nLINEを交換しませんか"


def test_bytes_that_were_not_escaped_are_read_as_utf8(client: TestClient) -> None:
    page = client.post(
        "/", content=f"text={ASK}".encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert ASK[:5] in page.text


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join(b"a%d=1" % number for number in range(99))])
def test_a_broken_form_is_told_kindly(client: TestClient, body: bytes) -> None:
    page = client.post("/", content=body)
    assert page.status_code == 422 and "うまく答えられませんでした" in page.text


def test_the_stream_gives_the_rules_answer_first_and_then_the_wording(book: Book) -> None:
    parts = Parts(Settings(), Consultant(book, PolishingWorder(0.3)))
    with TestClient(create_app(parts)) as client:
        events = read_events(post(client, "/chat", text=ASK).text)
    assert [name for name, _ in events] == ["answer", "waiting", "wording", "done"]
    assert BRIDGE not in events[0][1]["html"] and BRIDGE in events[2][1]["drafts"] and LEAD in events[2][1]["lead"]


def test_the_models_cost_counts_for_the_visitors_address(book: Book) -> None:
    worder = PolishingWorder()
    with TestClient(create_app(Parts(Settings(), Consultant(book, worder))), client=("203.0.113.5", 9)) as client:
        post(client, "/chat", text=ASK)
        client.post("/api/advice", json={"text": ASK, "wording": "model"})
    assert worder.asked_by == ["203.0.113.5"] * 2


def test_a_wording_that_does_not_come_leaves_the_rules_answer(book: Book) -> None:
    parts = Parts(Settings(), Consultant(book, SlowWorder(0.3)))
    with TestClient(create_app(parts)) as client:
        events = read_events(post(client, "/chat", text=ASK).text)
    assert [name for name, _ in events] == ["answer", "waiting", "done"]


def test_without_a_model_nobody_waits(client: TestClient) -> None:
    events = read_events(post(client, "/chat", text=ASK).text)
    assert [name for name, _ in events] == ["answer", "done"]
    assert events[0][1]["word"] == "規約違反" and events[0][1]["about"] == ASK


def test_who_leaves_while_the_wording_is_made_is_counted_all_the_same(
    book: Book, observer: RememberingObserver
) -> None:
    app = create_app(Parts(Settings(), Consultant(book, SlowWorder(5), observer)))
    with serve_app(app) as address, urlopen(f"{address}/chat", urlencode({"text": ASK}).encode()) as stream:
        assert stream.readline() == b"event: answer\n"
        stream.close()
        deadline = time.monotonic() + 4  # before the wording would have come
        while not observer.seen and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [seen.verdict for seen in observer.seen] == ["against_rules"]


def test_bad_input_to_the_stream_is_told_as_json(client: TestClient) -> None:
    response = client.post("/chat", data={"text": " "}, headers={"Accept": "text/event-stream"})
    assert response.status_code == 422 and "空です" in response.json()["error"]["message"]


def test_a_note_to_the_stream_is_json(client: TestClient) -> None:
    told = post(client, "/chat", text="ランサーズです").json()
    assert told["note"] == "learned" and told["situation"]["platform"] == "lancers" and "わかりました" in told["html"]


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_an_answer_is_counted_once_without_its_text(
    client: TestClient, observer: RememberingObserver, path: str
) -> None:
    post(client, path, text=ASK)
    (seen,) = observer.seen
    assert (seen.channel, seen.verdict, seen.text, seen.owner) == ("web", "against_rules", "", "")
    assert 0 < seen.seconds < 10 and seen.at > 1_700_000_000


def test_another_tone_is_no_other_answer(client: TestClient, observer: RememberingObserver) -> None:
    post(client, "/chat", about=ASK, say="短く")
    assert observer.seen == []


def test_the_api_is_counted_too(client: TestClient, observer: RememberingObserver) -> None:
    client.post("/api/advice", json={"text": ASK})
    assert [(seen.channel, seen.wording) for seen in observer.seen] == [("api", "template")]


def test_an_opinion_is_kept_and_a_wrong_answer_is_looked_at_with_its_text_masked(
    client: TestClient, observer: RememberingObserver
) -> None:
    text = f"田中太郎です。{ASK} 090-1234-5678"
    post(client, text=text)
    page = post(client, "/feedback", id=observer.seen[0].id, useful="0", text=text)
    assert "ルールの見直しに役立てます" in page.text and observer.rated == {observer.seen[0].id: False}
    again = observer.seen[-1]
    assert (
        again.unclear == "rated_wrong" and "LINE" in again.text and "090" not in again.text and "太郎" not in again.text
    )


def test_an_opinion_of_an_unknown_answer_is_taken_kindly(client: TestClient, observer: RememberingObserver) -> None:
    told = client.post("/feedback", data={"id": "x" * 99, "useful": "1"}, headers={"Accept": "application/json"}).json()
    assert "もう残っていませんでした" in told["message"] and observer.rated == {}


def test_english_stays_chosen(client: TestClient) -> None:
    page = client.get("/?lang=en")
    assert '<html lang="en">' in page.text and "httponly" in page.headers["set-cookie"].lower()
    assert '<html lang="en">' in client.get("/").text
    assert "This is no legal advice" in client.get("/").text


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "外部のAIは使っていません"),
        (Settings(openai_api_key="k"), "貼り付けた文章そのものは送りません"),
        (Settings(openai_api_key="k", model_context="excerpt"), "連絡先などを伏せた文章の一部"),
    ],
)
def test_the_page_says_what_a_model_gets_to_see(book: Book, settings: Settings, told: str) -> None:
    with TestClient(create_app(Parts(settings, Consultant(book))), headers=BROWSER) as client:
        assert told in client.get("/").text


def test_the_documentation_shows_a_real_answer(client: TestClient) -> None:
    page = html.unescape(client.get("/docs").text)
    assert "/api/advice" in page and '"verdict": "against_rules"' in page and "Zoomで15分ほどお話し" in page
    assert "curl -s http://testserver/api/advice" in page and "jsdelivr" not in page


def test_the_definition_for_machines_has_the_example(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/advice"]["post"]
    example = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert example["verdict"] == "against_rules" and "429" in operation["responses"]


def test_pages_are_packed(client: TestClient) -> None:
    assert client.get("/").headers["content-encoding"] == "gzip"


def test_encrypted_visits_stay_encrypted(book: Book) -> None:
    parts = Parts(Settings(), Consultant(book))
    with TestClient(create_app(parts), base_url="https://testserver", headers=BROWSER) as client:
        page = client.get("/?lang=en")
    assert "max-age" in page.headers["strict-transport-security"] and "secure" in page.headers["set-cookie"].lower()


def test_whoever_reads_english_is_told_in_english(client: TestClient) -> None:
    asked = {"Accept": "text/event-stream"}
    told = client.post("/chat?lang=en", data={"text": "a" * 10_001}, headers=asked).json()["error"]["message"]
    assert "10,001 characters" in told and "at most 10,000" in told
    assert (
        "fault on our side" in client.post("/chat?lang=en", content=b"\xff", headers=asked).json()["error"]["message"]
    )


@pytest.mark.parametrize("kind", [each for each in InputError.__subclasses__() if each.__module__ == "service.errors"])
def test_every_kind_of_unusable_input_has_its_sentence(root: Path, kind: type[InputError]) -> None:
    assert f"wrong.{kind.__name__}" in read_web_texts(root / "prompts")["en"].words
