"""`kotowari line setup` against a stand-in of LINE: what it sets, what it tells, and how each failure is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from service.__main__ import main
from service.rendering.line.postback import decode_postback
from service.settings import ROWS
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine, running, serving

Screen = pytest.CaptureFixture[str]


def _answering(status: int) -> Callable[..., Any]:
    async def webhook(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return webhook


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningLine]:
    """Return a stand-in that the settings point to."""
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    with running() as stand_in:
        for name, value in stand_in.environment.items():
            monkeypatch.setenv(name, value)
        yield stand_in


@pytest.fixture
def webhook(line: RunningLine) -> Iterator[str]:
    """Return the address of a webhook that answers 200, set at LINE."""
    with serving(_answering(200)) as url:
        line.account.endpoint = f"{url}/line/webhook"
        yield line.account.endpoint


def test_it_sets_and_tries_the_webhook(line: RunningLine, webhook: str, capsys: Screen) -> None:
    line.account.endpoint = "https://old.example/line/webhook"
    assert main(["line", "setup", "--url", webhook]) == 0
    assert line.account.endpoint == webhook
    shown = capsys.readouterr().out
    assert f"{webhook} につながりました" in shown and "ことわり（@kotowari）" in shown and "200通まで" in shown


def test_it_installs_a_menu_whose_buttons_the_service_understands(line: RunningLine, webhook: str) -> None:
    assert main(["line", "setup"]) == 0
    menus = line.platform.menus
    (menu,) = menus.menus.values()
    decoded = [decode_postback(area["action"]["data"]) for area in menu["areas"]]
    assert [each.action for each in decoded if each] == ["stage", "stage", "ask_platform", "done", "help", "forget"]
    assert menus.default in menus.images


def test_a_second_run_leaves_the_menu_alone(line: RunningLine, webhook: str, capsys: Screen) -> None:
    main(["line", "setup"])
    before = dict(line.platform.menus.menus)
    assert main(["line", "setup"]) == 0
    assert line.platform.menus.menus == before and "最新のものが表示されています" in capsys.readouterr().out


def test_an_older_menu_of_ours_goes_and_one_made_by_hand_stays(line: RunningLine, webhook: str) -> None:
    menus = line.platform.menus
    menus.menus |= {"old": {"name": "kotowari-000000000000"}, "hand": {"name": "キャンペーン"}}
    for menu in menus.menus.values():
        menu |= {"size": {"width": 1200, "height": 810}, "selected": True, "chatBarText": "メニュー", "areas": []}
    assert main(["line", "setup"]) == 0
    assert "old" not in menus.menus and "hand" in menus.menus and len(menus.menus) == 2


def test_the_menu_can_be_left_out(line: RunningLine, webhook: str) -> None:
    assert main(["line", "setup", "--no-menu"]) == 0
    assert line.platform.menus.menus == {}


@pytest.mark.parametrize("operation", ("setRichMenuImage", "setDefaultRichMenu"))
def test_a_menu_that_fails_halfway_leaves_nothing_behind(
    line: RunningLine, webhook: str, capsys: Screen, operation: str
) -> None:
    line.faults.script(operation, Fault("server_error"))
    assert main(["line", "setup"]) == 1
    assert line.platform.menus.menus == {}
    assert "🛑 メニュー" in capsys.readouterr().out


def test_what_is_left_to_click_is_listed(line: RunningLine, webhook: str, capsys: Screen) -> None:
    line.account.webhook_active = False
    main(["line", "setup", "--no-menu"])
    shown = capsys.readouterr().out
    for click in ("応答メッセージ: オフ", "あいさつメッセージ: オフ", "Webhookの再送: オン", "Webhookの利用: オン"):
        assert f"□ {click}" in shown
    line.account.webhook_active = True
    main(["line", "setup", "--no-menu"])
    assert "Webhookの利用" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("status", "told"),
    ((401, "LINE_CHANNEL_SECRET"), (404, "/line/webhook"), (503, "LINEの設定がありません"), (500, "500")),
)
def test_a_webhook_that_refuses_is_told_with_its_reason(
    line: RunningLine, capsys: Screen, status: int, told: str
) -> None:
    with serving(_answering(status)) as url:
        assert main(["line", "setup", "--no-menu", "--url", f"{url}/line/webhook"]) == 1
    shown = capsys.readouterr().out
    assert "🛑 Webhook" in shown and told in shown


def test_a_webhook_that_cannot_be_reached_is_told(line: RunningLine, capsys: Screen) -> None:
    assert main(["line", "setup", "--no-menu", "--url", "https://kotowari.example/line/webhook"]) == 1
    assert "つながりませんでした" in capsys.readouterr().out


def test_without_any_webhook_the_option_is_named(line: RunningLine, capsys: Screen) -> None:
    assert main(["line", "setup", "--no-menu"]) == 1
    assert "--url" in capsys.readouterr().out


def test_a_used_up_quota_is_told_with_what_it_costs(line: RunningLine, webhook: str, capsys: Screen) -> None:
    line.account.used = line.account.quota = 200
    assert main(["line", "setup", "--no-menu"]) == 0
    assert "今月は届きません" in capsys.readouterr().out


def test_without_a_secret_it_says_where_to_find_it(
    line: RunningLine, webhook: str, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINE_CHANNEL_SECRET")
    assert main(["line", "setup", "--no-menu"]) == 1
    assert "「チャネル基本設定」" in capsys.readouterr().out


def _told(capsys: Screen) -> str:
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err and len(captured.err.strip().splitlines()) == 1
    return captured.err


def test_without_a_token_it_says_where_to_find_one(
    line: RunningLine, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINE_CHANNEL_ACCESS_TOKEN")
    assert main(["line", "setup"]) == 2
    assert "チャネルアクセストークン" in _told(capsys)


def test_a_wrong_token_is_told_without_showing_it(
    line: RunningLine, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "s3cr3t-token")
    assert main(["line", "setup"]) == 78
    told = _told(capsys)
    assert "アクセストークンが正しくない" in told and "s3cr3t-token" not in told


def test_where_line_cannot_be_reached_the_settings_are_named(
    line: RunningLine, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_API_BASE", "http://127.0.0.1:1")
    assert main(["line", "setup"]) == 78
    assert "LINEに接続できません" in _told(capsys)


@pytest.mark.parametrize(
    ("fault", "told"), (("server_error", "障害"), ("rate_limit", "1時間ほど待って"), ("reset", "接続できません"))
)
def test_lines_own_trouble_is_told_as_such(line: RunningLine, capsys: Screen, fault: Any, told: str) -> None:
    line.faults.script("getMessageQuota", *(Fault(fault) for _ in range(5)))
    assert main(["line", "setup"]) == 78
    assert told in _told(capsys)


@pytest.mark.parametrize(
    "url",
    (
        "http://kotowari.example/line/webhook", "kotowari.example/line/webhook", "https://kotowari.example/",
        "https://kotowari.example/line/webhook?x=1", "https:///line/webhook", "https://[::1/line/webhook",
        "https://kotowari.example/" + "x" * 500 + "/line/webhook", "https://日本語.example/line/webhook",
    ),
)  # fmt: skip
def test_an_address_that_line_would_not_take_is_refused_before_anything_is_asked(
    line: RunningLine, capsys: Screen, url: str
) -> None:
    assert main(["line", "setup", "--url", url]) == 2
    assert "Webhookのアドレスは" in _told(capsys) and line.ledger.calls == []
