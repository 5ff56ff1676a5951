"""`kotowari line setup`: check the account, set and try the webhook, install the menu, say what is left to click."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from urllib.parse import urlsplit

from service.adapters.files import prompts_folder
from service.adapters.line_account import Bot, Endpoint, LineAccount, Quota, Trial
from service.adapters.line_texts import read_menu
from service.cli.doctor import Check, show_check
from service.cli.screen import Screen, find_screen
from service.errors import InputError, LineRefused
from service.rendering.line.menu import Menu, draw_menu
from service.rendering.paint import Line, disarm, line, paint
from service.rendering.wrap import wrap_lines
from service.settings import Settings, read_settings

_PATH = "/line/webhook"
_LONGEST_URL = 500
_LOCAL = ("127.0.0.1", "localhost")
_NO_TOKEN = (
    "LINE_CHANNEL_ACCESS_TOKEN が設定されていません。LINE Developersの「Messaging API設定」の下にある"
    "「チャネルアクセストークン（長期）」を発行し、環境変数に設定してください。"
)
_NO_SECRET = "LINE Developersの「チャネル基本設定」にある「チャネルシークレット」を設定してください。"
_TRIALS = {
    "COULD_NOT_CONNECT": "つながりませんでした。サービスが動いているか、アドレスと証明書を確かめてください。",
    "REQUEST_TIMEOUT": "2秒以内に返事がありませんでした。サービスの負荷と、間にあるサーバーを確かめてください。",
}
_STATUSES = {
    401: "署名が合いませんでした。LINE_CHANNEL_SECRET がこのチャネルのものか確かめてください。",
    404: f"アドレスが見つかりません。末尾が {_PATH} になっているか確かめてください。",
    503: "サービスにLINEの設定がありません。LINE_CHANNEL_SECRET と LINE_CHANNEL_ACCESS_TOKEN を渡して動かしてください。",
}
_MANAGER = (
    "応答メッセージ: オフ（このサービスの返事と重ならないように）",
    "あいさつメッセージ: オフ（はじめの案内は、このサービスが送ります）",
)
_DEVELOPERS = (
    "Webhookの再送: オン（止まっていた間のメッセージを受け取れます）",
    "エラーの統計情報: オン（届かなかった記録を見られます）",
    "グループトーク・複数人トークへの参加を許可する: オフ（1対1でご相談をうかがうため）",
)


def run(options: Namespace) -> int:
    """Set up what the API can, and print the rest; return 1 when LINE could not reach the webhook."""
    settings = read_settings(os.environ)
    if not settings.line_channel_access_token:
        raise InputError(_NO_TOKEN)
    url = _check_url(options.url) if options.url else ""
    screen = find_screen(sys.stdout, os.environ)
    account = LineAccount(settings)
    fine = True
    try:
        _write([line(), line("■ LINEの設定", "title")], screen)
        for check in _set_up(account, settings, url=url, menu=not options.no_menu):
            _write(show_check(check, screen.width), screen)
            fine = fine and check.state != "broken"
        _write(_list_clicks(account.read_bot(), account.read_endpoint(), screen.width), screen)
    finally:
        account.close()
    return 0 if fine else 1


def _set_up(account: LineAccount, settings: Settings, *, url: str, menu: bool) -> Iterator[Check]:
    """Yield each step's outcome as soon as it is done."""
    bot = account.read_bot()
    yield Check("アクセストークン", "fine", f"{disarm(bot.name)}（{disarm(bot.basic_id)}）につながりました")
    if not settings.line_channel_secret:
        yield Check("チャネルシークレット", "broken", "未設定: LINE_CHANNEL_SECRET", _NO_SECRET)
    yield _tell_quota(account.read_quota())
    if url:
        account.set_endpoint(url)
    endpoint = account.read_endpoint()
    if endpoint is None or not endpoint.url:
        yield Check("Webhook", "broken", "まだ設定されていません", "--url https://…/line/webhook を付けてください。")
    else:
        yield _tell_trial(endpoint, account.test_endpoint())
    if menu:
        yield _install_menu(account)


def _check_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in _LOCAL  # a stand-in on this machine
        usable = (parts.scheme == "https" and bool(parts.hostname)) or local
    except ValueError:
        usable = False
    if not usable:
        raise InputError(
            "Webhookのアドレスは https:// で始めてください。LINEは、暗号化されていない通信には送りません。"
        )
    if not parts.path.endswith(_PATH) or parts.query or parts.fragment:
        raise InputError(f"Webhookのアドレスは https://…{_PATH} の形で書いてください。")
    if len(url) > _LONGEST_URL or not url.isascii():
        raise InputError(f"Webhookのアドレスは、英数字と記号で{_LONGEST_URL}文字までにしてください。")
    return url


def _tell_quota(quota: Quota) -> Check:
    most = "上限なし" if quota.most is None else f"{quota.most:,}通まで"
    found = f"今月 {quota.used:,}通（{most}）。ふだんの返信は数に入りません"
    if quota.most is not None and quota.used >= quota.most:
        return Check("プッシュの通数", "off", found, "返信が間に合わなかったときに送るメッセージが、今月は届きません。")
    return Check("プッシュの通数", "fine", found)


def _tell_trial(endpoint: Endpoint, trial: Trial) -> Check:
    shown = disarm(endpoint.url)
    if trial.success:
        return Check("Webhook", "fine", f"{shown} につながりました")
    cost = _TRIALS.get(trial.reason) or _STATUSES.get(trial.status) or f"返事の番号は {trial.status} でした。"
    return Check("Webhook", "broken", f"{shown} を試しましたが、うまくいきませんでした", cost)


def _install_menu(account: LineAccount) -> Check:
    menu, picture = read_menu(prompts_folder())
    drawn = draw_menu(menu, fingerprint=_fingerprint(menu, picture))
    existing = account.list_menus()
    default = account.read_default_menu()
    if existing.get(default) == drawn["name"]:
        return Check("メニュー", "fine", "最新のものが表示されています")
    try:
        account.install_menu(drawn, picture)
        for old, name in existing.items():  # only ours: a menu made by hand stays
            if name.startswith(f"{menu.name}-"):
                account.delete_menu(old)
    except LineRefused as error:
        return Check("メニュー", "broken", "設定できませんでした", str(error))
    return Check("メニュー", "fine", "新しいものを表示しました")


def _fingerprint(menu: Menu, picture: bytes) -> str:
    drawn = json.dumps(draw_menu(menu, fingerprint=""), sort_keys=True).encode()
    return hashlib.sha256(drawn + picture).hexdigest()[:12]


def _list_clicks(bot: Bot, endpoint: Endpoint | None, width: int) -> list[Line]:
    """Return what the API cannot switch, as things to click; what is already right is left out where it can be seen."""
    manager = ["チャット: オフ", *_MANAGER] if bot.chatting else list(_MANAGER)
    developers = list(_DEVELOPERS)
    if endpoint is None or not endpoint.active:
        developers.insert(0, "Webhookの利用: オン（いまはオフです）")
    lines = [line(), line("■ 画面で確かめること", "title")]
    for place, clicks in (
        ("LINE Official Account Manager の「設定」→「応答設定」", manager),
        ("LINE Developers の「Messaging API設定」", developers),
    ):
        lines.append(line(f"  {place}", "bold"))
        lines += [line(f"    {each}") for click in clicks for each in wrap_lines(f"□ {click}", width - 4)]
    return [*lines, line()]


def _write(lines: list[Line], screen: Screen) -> None:
    sys.stdout.write(paint(lines, colour=screen.colour))
    sys.stdout.flush()
