"""The stand-in of LINE: rich menus, the webhook address, people, contents; and as a process of its own."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

from tests.conftest import ROOT
from tests.fakes.http import ask
from tests.fakes.line_events import Events, user_id
from tests.fakes.line_server import RunningLine
from tests.unit.fakes.conftest import Call

MENU = {
    "size": {"width": 1200, "height": 405},
    "selected": True,
    "name": "menu",
    "chatBarText": "メニュー",
    "areas": [
        {
            "bounds": {"x": 0, "y": 0, "width": 600, "height": 405},
            "action": {"type": "message", "label": "ヘルプ", "text": "ヘルプ"},
        }
    ],
}


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_menu_is_made_drawn_shown_and_reached_by_its_alias(line: RunningLine, call: Call) -> None:
    id = call("POST", "/v2/bot/richmenu", MENU).json["richMenuId"]
    assert call("POST", f"/v2/bot/user/all/richmenu/{id}").status == 400, "not drawn yet"
    drawn = call("POST", f"/v2/bot/richmenu/{id}/content", png(1200, 405), Content_Type="image/png")
    shown = call("POST", f"/v2/bot/user/all/richmenu/{id}")
    alias = call("POST", "/v2/bot/richmenu/alias", {"richMenuAliasId": "main", "richMenuId": id})
    assert (drawn.status, shown.status, alias.status, line.platform.menus.default) == (200, 200, 200, id)
    assert call("GET", "/v2/bot/richmenu/alias/main").json["richMenuId"] == id
    assert [each["richMenuId"] for each in call("GET", "/v2/bot/richmenu/list").json["richmenus"]] == [id]
    assert call("DELETE", f"/v2/bot/richmenu/{id}").status == 200
    assert call("GET", "/v2/bot/user/all/richmenu").status == 404


def test_a_menus_picture_must_be_as_large_as_the_menu(call: Call) -> None:
    id = call("POST", "/v2/bot/richmenu", MENU).json["richMenuId"]
    path = f"/v2/bot/richmenu/{id}/content"
    assert call("POST", path, png(800, 405), Content_Type="image/png").status == 400
    assert call("POST", path, png(1200, 405), Content_Type="image/gif").status == 415
    assert call("POST", path, b"GIF89a", Content_Type="image/png").status == 400


def test_a_menu_out_of_shape_is_refused(call: Call) -> None:
    assert call("POST", "/v2/bot/richmenu", MENU | {"size": {"width": 1200, "height": 1200}}).status == 400
    assert call("POST", "/v2/bot/richmenu", MENU | {"chatBarText": "あ" * 15}).status == 400
    outside = {"bounds": {"x": 900, "y": 0, "width": 600, "height": 405}, "action": MENU["areas"][0]["action"]}  # type: ignore[index]
    assert call("POST", "/v2/bot/richmenu", MENU | {"areas": [outside]}).status == 400


def test_the_webhook_address_is_set_and_tried(call: Call) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    assert call("GET", path).status == 404
    assert call("PUT", path, {"endpoint": "http://example.com/line/webhook"}).status == 400
    assert call("PUT", path, {"endpoint": "http://127.0.0.1:9/line/webhook"}).status == 200
    assert call("GET", path).json == {"endpoint": "http://127.0.0.1:9/line/webhook", "active": True}
    tried = call("POST", "/v2/bot/channel/webhook/test", {}).json
    assert (tried["success"], tried["statusCode"], tried["reason"]) == (False, 0, "COULD_NOT_CONNECT")


def test_people_groups_and_contents(line: RunningLine, call: Call, make: Events) -> None:
    line.account.people[user_id(1)].name = "佐藤花子"
    line.account.contents["55"] = ("image/jpeg", b"\xff\xd8\xff")
    assert call("GET", f"/v2/bot/profile/{user_id(1)}").json["displayName"] == "佐藤花子"
    assert call("GET", f"/v2/bot/profile/{user_id(2)}").status == 404
    assert call("GET", "/v2/bot/message/55/content").body == b"\xff\xd8\xff"
    assert call("GET", "/v2/bot/message/56/content").status == 404
    make.unsend("55", user_id(1))
    assert call("GET", "/v2/bot/message/55/content").status == 410
    call("POST", "/v2/bot/group/C1/leave")
    assert line.account.left == ["C1"]


def test_only_tokens_of_this_account_mark_as_read(line: RunningLine, call: Call, make: Events) -> None:
    token = make.text("hi", user_id(1))["message"]["markAsReadToken"]
    assert call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": token}).status == 200
    assert call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": "other"}).status == 400
    assert line.account.marked_as_read == [token]


def test_it_runs_as_a_process_and_writes_what_it_delivered(tmp_path: Path) -> None:
    log = tmp_path / "line.jsonl"
    command = [sys.executable, "-m", "tests.fakes.line_platform", "--log", str(log), "--token", "t"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        try:
            ask("POST", f"{url}/_standin/tokens", {"tokens": [[user_id(1), "token"]]})
            ask("POST", f"{url}/_standin/faults", {"operation": "reply", "script": [{"kind": "server_error"}]})
            body = {"replyToken": "token", "messages": [{"type": "text", "text": "はい"}]}
            answers = [ask("POST", f"{url}/v2/bot/message/reply", body, {"Authorization": "Bearer t"}) for _ in "12"]
            record = ask("GET", f"{url}/_standin/record").json
        finally:
            process.kill()
    assert [each.status for each in answers] == [500, 200]
    assert (len(record["deliveries"]), record["calls"]) == (1, {"reply 500": 1, "reply 200": 1})
    entries = [json.loads(line)["entry"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert entries == ["call", "delivery", "call"]
