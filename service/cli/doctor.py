"""`kotowari doctor`: what is configured, what is missing, what each missing thing costs. Never a secret."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from service.adapters.compiled import why_pure
from service.adapters.files import prompts_folder, rules_folder
from service.cli.screen import find_screen
from service.errors import AdvisorError
from service.rendering.paint import Line, Piece, disarm, line, paint
from service.rendering.wrap import wrap_lines
from service.settings import ROWS, Row, Settings, read_settings

_SHORTEST_TOKEN = 16
_SIGNS = {"fine": "✅", "off": "➖", "broken": "🛑"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `cost` is what its absence means for the user."""

    name: str
    state: str  # fine, off, broken
    found: str
    cost: str = ""


def run(options: Namespace) -> int:
    """Show every check; return 1 when the advisor cannot answer."""
    settings = read_settings(os.environ)
    screen = find_screen(sys.stdout, os.environ)
    checks = examine(settings)
    lines = [
        line(),
        line("■ 点検の結果", "title"),
        *(each for check in checks for each in show_check(check, screen.width)),
    ]
    lines += [line(), line("■ 設定（環境変数）", "title"), *_show_rows(), line()]
    sys.stdout.write(paint(lines, colour=screen.colour))
    return 1 if any(check.state == "broken" for check in checks) else 0


def examine(settings: Settings) -> list[Check]:
    """Look at everything the service stands on."""
    return [
        _try("ルール", _find_rules, "判定ができません。"),
        _try("文面", _find_prompts, "返信文を作れません。"),
        _reader(),
        *(Check("設定", "broken", problem, "直すまで serve は始まりません。") for problem in settings.problems),
        _line(settings),
        _model(settings),
        _database(settings),
        _operator(settings),
    ]


def _try(name: str, find: Callable[[], str], cost: str) -> Check:
    try:
        return Check(name, "fine", find())
    except AdvisorError as error:
        return Check(name, "broken", str(error), cost)


def _find_rules() -> str:
    from service.wiring.book import load_book

    load_book()
    return f"読み込めました（{rules_folder()}）"


def _find_prompts() -> str:
    return f"読み込めました（{prompts_folder()}）"


def _reader() -> Check:
    if reason := why_pure():
        return Check(
            "読み取り", "off", f"Pythonで読み取ります（{reason}）", "判定は同じです。時間が少し長くかかります。"
        )
    return Check("読み取り", "fine", "コンパイル済みのプログラムで読み取ります")


def _line(settings: Settings) -> Check:
    needed = {
        "LINE_CHANNEL_SECRET": settings.line_channel_secret,
        "LINE_CHANNEL_ACCESS_TOKEN": settings.line_channel_access_token,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        return Check("LINE", "off", f"未設定: {'、'.join(missing)}", "LINEでの相談は休みます。ほかはすべて動きます。")
    return Check("LINE", "fine", "設定済みです。つながるかは kotowari line setup で確かめられます")


def _model(settings: Settings) -> Check:
    if not settings.model_ready:
        return Check("モデル", "off", "未設定: OPENAI_API_KEY", "返信文はいつもひな形です。判定は変わりません。")
    if not _has_price(settings):
        return Check("モデル", "off", f"{settings.model} は料金表にありません", "返信文はいつもひな形です。")
    return Check("モデル", "fine", f"{settings.model}（{settings.model_deadline:g}秒まで待ちます）")


def _has_price(settings: Settings) -> bool:
    from service.adapters.days import today
    from service.adapters.model.files import read_prices

    try:
        return read_prices(prompts_folder(settings.prompts_dir)).find(settings.model, today()) is not None
    except AdvisorError:
        return False


def _database(settings: Settings) -> Check:
    if settings.database_url:
        return Check("データ", "fine", f"{_host(settings.database_url)} のデータベース")
    folder = settings.data_dir
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return Check("データ", "broken", f"{folder} に書き込めません", "LINEとウェブの相談を預かれません。")
    return Check("データ", "fine", f"{folder} のSQLite" + ("" if folder.exists() else "（はじめて使うときに作ります）"))


def _operator(settings: Settings) -> Check:
    if not settings.operator_token:
        return Check("管理画面", "off", "未設定: KOTOWARI_OPERATOR_TOKEN", "管理画面は閉じています。")
    if len(settings.operator_token) < _SHORTEST_TOKEN:
        advice = f"{_SHORTEST_TOKEN}文字より短いと、当てられやすくなります。長いものに替えましょう。"
        return Check("管理画面", "fine", "設定済みですが、KOTOWARI_OPERATOR_TOKEN が短めです", advice)
    return Check("管理画面", "fine", "設定済みです")


def show_check(check: Check, width: int) -> list[Line]:
    """Return a check as lines: its sign and name, what was found, what that costs."""
    head = (Piece(f"  {_SIGNS[check.state]} "), Piece(check.name, "bold"))
    lines: list[Line] = [head]
    lines += [(Piece("     "), Piece(each)) for each in wrap_lines(check.found, width - 5)]
    if check.cost:
        lines += [(Piece("     "), Piece(each, "faint")) for each in wrap_lines(f"→ {check.cost}", width - 5)]
    return lines


def _show_rows() -> list[Line]:
    lines: list[Line] = []
    for row in ROWS:
        lines.append((Piece(f"  {row.name:<29}"), Piece(_shown(row), "bold")))
        lines.append((Piece("    "), Piece(row.help, "faint")))
    return lines


def _shown(row: Row) -> str:
    value = os.environ.get(row.name, "").strip()
    hidden = value and (row.secret or "://" in value)  # an address may carry a password
    return "設定済み" if hidden else disarm(value) or row.default or "なし"


def _host(url: str) -> str:
    """Return scheme and host alone: what stands before @ is a password."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme or '?'}://{parts.hostname or ''}"
    except ValueError:
        return "（アドレスを読み取れません）"
