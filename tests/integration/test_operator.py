"""The operator's desk over HTTP: who gets in, for how long, what a form must carry, what is shown and what is written."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from service.adapters.days import now
from service.app import create_app
from service.consultant import Consultant
from service.consultation import Book
from service.observation import Observation
from service.settings import Settings
from service.wiring.parts import Parts, build_parts

ROOT = Path(__file__).parents[2]
TOKEN = "correct horse battery staple"
NOON = 1_795_576_800.0  # 2026-11-25 12:00 in Japan
PAGES = ("/operator/", "/operator/cases", "/operator/rules", "/operator/rules/sources", "/operator/rules/coverage",
         "/operator/rules/changes", "/operator/try")  # fmt: skip
EVIL = "<script>alert(1)</script>\"'><svg onload=alert(2)>\u202e\u200b\x85"
CASE = Observation(
    id="a", at=NOON, channel="web", platform="crowdworks", stage="before_contract", role="client_message",
    verdict="ok", asks=(), rules=(), wording="template", unclear="nothing_found", text=f"テレグで話しましょう{EVIL}",
)  # fmt: skip


class Visitor(TestClient):
    """A browser before the desk. Its clock can be moved; its rules are a copy that may be written to."""

    def __init__(self, book: Book, folder: Path, base_url: str = "http://testserver") -> None:
        self.now, self.rules = NOON, folder / "rules"
        shutil.copytree(ROOT / "rules", self.rules, dirs_exist_ok=True)
        settings = Settings(operator_token=TOKEN, data_dir=folder / "data", rules_dir=self.rules)
        self.parts = replace(build_parts(settings, book), clock=lambda: self.now)
        app = create_app(self.parts)
        super().__init__(app, base_url, follow_redirects=False, headers={"Accept": "text/html"})

    def seal(self, path: str) -> str:
        """Return what a form on a page carries."""
        found = re.search(r'name="seal" value="([0-9a-f]+)"', self.get(path).text)
        assert found
        return found.group(1)

    def log_in(self, token: str = TOKEN) -> Any:
        """Fill in the login form."""
        return self.post("/operator/login", data={"token": token, "seal": self.seal("/operator/login")})

    def keep(self, observation: Observation) -> None:
        """Record an answer and wait until it is written."""
        observer: Any = self.parts.consultant.observer
        observer.record(observation)
        observer.flush()


@pytest.fixture
def visitor(book: Book, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody before the desk, not logged in."""
    with Visitor(book, tmp_path) as visitor:
        yield visitor


@pytest.fixture
def operator(visitor: Visitor) -> Visitor:
    """Somebody logged in, with one case on the list."""
    assert visitor.log_in().headers["location"] == "/operator/"
    visitor.keep(CASE)
    return visitor


@pytest.mark.parametrize("path", [*PAGES, "/operator/cases/a"])
def test_without_a_session_every_page_leads_to_the_login(visitor: Visitor, path: str) -> None:
    response = visitor.get(path)
    assert (response.status_code, response.headers["location"]) == (303, "/operator/login")


@pytest.mark.parametrize("path", PAGES)
def test_with_the_token_every_page_is_shown(operator: Visitor, path: str) -> None:
    response = operator.get(path)
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in response.headers["content-security-policy"] and "unsafe" not in str(response.headers)


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN.upper(), "あ" * 50, "\ud800"])
def test_a_wrong_token_opens_nothing(visitor: Visitor, token: str) -> None:
    response = visitor.log_in(token.encode("utf-8", "replace").decode())
    assert response.status_code == 403 and "合言葉が違います" in response.text
    assert visitor.get("/operator/").status_code == 303


def test_who_tries_too_often_has_to_wait_even_with_the_right_token(visitor: Visitor) -> None:
    assert [visitor.log_in("wrong").status_code for _ in range(6)] == [403] * 5 + [429]
    assert visitor.log_in().status_code == 429
    visitor.now += 61
    assert visitor.log_in().status_code == 303


def test_no_token_and_no_visitor_stand_in_a_log(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.log_in("a wrong secret")
        visitor.log_in()
    assert "operator_login outcome=wrong" in caplog.text
    own = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("service"))
    assert "a wrong secret" not in caplog.text and TOKEN not in caplog.text
    assert visitor.cookies["kotowari_operator"] not in own


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.log_in().headers["set-cookie"]
    assert (
        "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/operator" in cookie and "Secure" not in cookie
    )


def test_over_https_the_cookie_stays_there(book: Book, tmp_path: Path) -> None:
    with Visitor(book, tmp_path, "https://testserver") as visitor:
        assert "Secure" in visitor.log_in().headers["set-cookie"]


def test_login_gives_a_visitor_word_that_was_not_there_before(visitor: Visitor) -> None:
    visitor.get("/operator/login")
    before = visitor.cookies["kotowari_operator"]
    visitor.log_in()
    assert visitor.cookies["kotowari_operator"] != before


def test_a_session_ends_by_itself(operator: Visitor) -> None:
    operator.now += 8 * 3600 - 1
    assert operator.get("/operator/").status_code == 200
    operator.now += 1
    assert operator.get("/operator/").status_code == 303


def test_after_a_logout_the_old_cookie_opens_nothing(operator: Visitor) -> None:
    old = operator.cookies["kotowari_operator"]
    assert operator.post("/operator/logout", data={"seal": operator.seal("/operator/")}).status_code == 303
    operator.cookies.set("kotowari_operator", old, path="/operator")
    assert operator.get("/operator/").headers["location"] == "/operator/login"


def test_another_token_ends_every_session(operator: Visitor, book: Book) -> None:
    settings = replace(operator.parts.settings, operator_token="another secret token")
    again = TestClient(create_app(replace(operator.parts, settings=settings)), follow_redirects=False)
    again.cookies.set("kotowari_operator", operator.cookies["kotowari_operator"], path="/operator")
    assert again.get("/operator/").status_code == 303


FORMS = ("/operator/logout", "/operator/try", "/operator/cases/a/write", "/operator/cases/a/settle")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("seal", ["", "0" * 64])
def test_a_form_without_its_seal_does_nothing(operator: Visitor, path: str, seal: str) -> None:
    response = operator.post(path, data={"seal": seal, "text": "LINEを教えてください", "confirmed": "yes"})
    assert response.status_code == 403 and operator.get("/operator/cases/a").status_code == 200


def test_a_login_form_of_another_visitor_is_refused(visitor: Visitor) -> None:
    seal = visitor.seal("/operator/login")
    visitor.cookies.clear()
    assert visitor.post("/operator/login", data={"token": TOKEN, "seal": seal}).status_code == 403


@pytest.mark.parametrize("path", ["/operator", "/operator/", "/operator/login", "/operator/cases/a"])
def test_without_a_token_in_the_settings_nothing_is_there(book: Book, path: str) -> None:
    with TestClient(create_app(Parts(Settings(), Consultant(book))), headers={"Accept": "text/html"}) as client:
        shown, sent = client.get(path), client.post(path, data={"token": ""})
    assert (shown.status_code, sent.status_code) == (404, 404)
    assert "KOTOWARI_OPERATOR_TOKEN" in shown.text and "set-cookie" not in shown.headers


def test_a_fresh_desk_says_that_nothing_is_there_yet(visitor: Visitor) -> None:
    visitor.log_in()
    assert "まだ相談がありません" in visitor.get("/operator/").text
    assert "いまはありません" in visitor.get("/operator/cases").text


def test_answers_show_in_numbers_charts_and_tables(operator: Visitor) -> None:
    page = operator.get("/operator/").text
    assert "<svg" in page and "<script>" not in page and "style=" not in page and "<style" not in page
    assert re.search(r"<dt>相談</dt><dd><span class=\"big\">1件</span>", page)
    assert re.search(r'<th scope="row">11/25</th><td class="number">0</td><td class="number">1</td>', page)


@pytest.mark.parametrize(
    "path", ["/operator/cases", "/operator/cases/a", "/operator/cases/a?about=ask:call&expect=hit"]
)
def test_what_a_client_wrote_is_text_on_every_page(operator: Visitor, path: str) -> None:
    page = operator.get(path).text
    assert "テレグで話しましょう&lt;script&gt;" in page
    assert "<script>alert" not in page and "<svg onload" not in page and "\u202e" not in page and "\u200b" not in page


def test_a_case_becomes_a_line_that_reads_back_as_it_was(operator: Visitor) -> None:
    response = operator.get("/operator/cases/a/example.yaml?about=ask:other_messenger&expect=hit")
    head, line = response.text.strip().split("\n")
    assert "rules/facts/other_messenger.yaml" in head and yaml.safe_load(line) == [CASE.text]
    assert "\u202e" not in line and "\u200b" not in line
    assert response.headers["content-disposition"].startswith("attachment")


def write(operator: Visitor, **data: str) -> Any:
    """Ask for a case to be written into a rule file."""
    seal = operator.seal("/operator/cases/a?about=ask:call&expect=hit")
    about = {"about": "ask:other_messenger", "expect": "hit", "seal": seal}
    return operator.post("/operator/cases/a/write", data=about | data)


def test_a_case_is_written_into_its_file_when_the_operator_confirms(operator: Visitor) -> None:
    file = operator.rules / "facts" / "other_messenger.yaml"
    before = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert write(operator, confirmed="yes").status_code == 303
    after = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert after["examples"]["hit"] == [*before["examples"]["hit"], CASE.text]
    assert {**after, "examples": {**after["examples"], "hit": before["examples"]["hit"]}} == before


def test_nothing_is_written_without_a_confirmation(operator: Visitor) -> None:
    before = (operator.rules / "facts" / "other_messenger.yaml").read_bytes()
    response = write(operator)
    assert response.status_code == 409 and "印を付けて" in response.text
    assert (operator.rules / "facts" / "other_messenger.yaml").read_bytes() == before


def test_the_same_example_is_not_written_twice(operator: Visitor) -> None:
    write(operator, confirmed="yes")
    response = write(operator, confirmed="yes")
    assert response.status_code == 409 and "もう入っています" in response.text


def test_a_settled_case_leaves_the_list_and_its_text_the_files(operator: Visitor, tmp_path: Path) -> None:
    response = operator.post("/operator/cases/a/settle", data={"seal": operator.seal("/operator/cases/a")})
    assert response.status_code == 303 and operator.get("/operator/cases/a").status_code == 404
    assert not any("テレグで".encode() in path.read_bytes() for path in (tmp_path / "data").iterdir())


@pytest.mark.parametrize("path", ["/operator/cases/none", "/operator/cases/a/example.yaml?about=ask:none&expect=hit",
                                  "/operator/cases/a/example.yaml?about=rule:none&expect=hit"])  # fmt: skip
def test_what_does_not_exist_is_told_kindly(operator: Visitor, path: str) -> None:
    response = operator.get(path)
    assert response.status_code == 404 and "ページが見つかりません" in response.text


def try_text(operator: Visitor, **data: str) -> Any:
    """Fill in the try-it box."""
    return operator.post("/operator/try", data={"seal": operator.seal("/operator/try"), **data})


def test_the_try_it_box_shows_facts_rows_and_near_misses(operator: Visitor) -> None:
    page = try_text(operator, text="契約前ですが、Zoomでお話しできますか。").text
    assert "規約違反" in page and "rules/facts/call.yaml" in page and "crowdworks/contact-before-contract" in page
    assert "契約後なら" in page and "crowdworks/contact-after-contract" in page


def test_the_try_it_box_shows_what_was_typed_as_text_and_keeps_nothing(operator: Visitor, tmp_path: Path) -> None:
    page = try_text(operator, text=f"LINEを教えてください{EVIL}").text
    assert "<script>alert" not in page and "LINEを教えてください&lt;script&gt;" in page
    assert not any("LINEを教えて".encode() in path.read_bytes() for path in (tmp_path / "data").iterdir())


@pytest.mark.parametrize("data", [{"text": " "}, {"text": "あ" * 10_001}, {"text": "LINE", "platform": "none"}])
def test_what_cannot_be_judged_is_told_in_the_box(operator: Visitor, data: dict[str, str]) -> None:
    response = try_text(operator, **data)
    assert response.status_code == 422 and 'role="alert"' in response.text


def test_a_day_that_does_not_exist_is_told(operator: Visitor) -> None:
    assert "読み取れません" in operator.get("/operator/rules/changes?start=2026-02-30").text


def test_the_edition_diff_names_what_ended_and_what_began(operator: Visitor) -> None:
    page = operator.get("/operator/rules/changes?start=2020-10-19&end=2026-11-25").text
    assert "なくなったルール" in page and "加わったルール" in page and "クラウドワークス" in page


def test_a_source_read_more_than_a_year_ago_is_marked(operator: Visitor) -> None:
    assert "1年以上前" not in operator.get("/operator/rules/sources").text
    operator.now = NOON + 400 * 86_400
    assert operator.log_in().status_code == 303
    assert "1年以上前" in operator.get("/operator/rules/sources").text


def test_metrics_name_kinds_and_nobody(operator: Visitor) -> None:
    operator.keep(replace(CASE, id="secret-id", owner="secret-owner", text="秘密のことば"))
    told = operator.get("/metrics").text
    assert 'kotowari_answers_total{channel="web",platform="crowdworks",verdict="ok",wording="template"}' in told
    assert "secret" not in told and "秘密" not in told


def test_the_desk_is_no_part_of_the_described_api(operator: Visitor) -> None:
    assert not [path for path in operator.get("/openapi.json").json()["paths"] if path.startswith("/operator")]


def test_an_answer_of_the_api_reaches_the_desk(operator: Visitor) -> None:
    operator.post("/api/advice", json={"text": "契約前ですが、LINEを教えてください。"})
    observer: Any = operator.parts.consultant.observer
    observer.flush()
    operator.now = now()  # the API's answers are given by the real clock
    operator.log_in()
    page = operator.get("/operator/").text
    assert re.search(r'class="swatch mark-api"[^>]*></span>API 1</li>', page)
    assert '<th scope="row">LINEの交換</th><td class="number">1</td>' in page


def test_what_a_reader_called_wrong_stands_on_the_list(operator: Visitor) -> None:
    operator.keep(replace(CASE, id="b", unclear="", text=""))
    observer: Any = operator.parts.consultant.observer
    assert observer.rate("b", useful=False)
    assert "文面は残していません" in operator.get("/operator/cases?reason=rated_wrong").text
