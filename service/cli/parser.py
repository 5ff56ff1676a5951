"""The command line's words: every command and option, in Japanese."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from service.errors import UnknownOption
from service.vocabulary import PLATFORMS, REGISTERS, STAGES

_TURNED = (  # argparse speaks English; what a user can run into is said in Japanese
    ("unrecognized arguments: ", "知らない引数があります: "),
    ("the following arguments are required: ", "足りない引数があります: "),
    ("expected one argument", "値を1つ書いてください"),
    ("expected at least one argument", "値を1つ以上書いてください"),
    ("expected at most one argument", "値は1つだけ書いてください"),
    ("ignored explicit argument ", "値は要りません: "),
    ("invalid choice: ", "使えない値です: "),
    ("invalid int value: ", "整数で書いてください: "),
    ("invalid float value: ", "数で書いてください: "),
    ("choose from ", "使える値: "),
    ("argument ", ""),
)
_EXAMPLES = """\
例:
  kotowari check "契約前にZoomで面談できますか"
  cat message.txt | kotowari check --platform lancers --stage before_contract
  kotowari check --batch messages.jsonl --json > results.jsonl
  kotowari chat
"""


class JapaneseHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose lines are as wide as Japanese is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=80)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """Say 「使い方」 for usage."""
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # the list of commands alone, without a line for the list
            return self._join_parts([self._format_action(each) for each in action._get_subactions()])
        return super()._format_action(action)

    def _split_lines(self, text: str, width: int) -> list[str]:
        from service.rendering.wrap import wrap_lines

        return wrap_lines(text, width)


class Parser(argparse.ArgumentParser):
    """A parser that raises our own error, so that one place speaks to the user."""

    def __init__(self, **options: object) -> None:
        super().__init__(formatter_class=JapaneseHelp, allow_abbrev=False, add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "引数", "オプション"
        self.add_argument("-h", "--help", action="help", help="この説明を表示して終わる")

    def error(self, message: str) -> NoReturn:
        """Raise UnknownOption with the reason in Japanese."""
        if message.startswith("unrecognized arguments: "):
            message += "。「-」で始まる文章は、-- のあとに書いてください"
        for english, japanese in _TURNED:
            message = message.replace(english, japanese)
        raise UnknownOption(f"{message}（使い方は {self.prog} --help）")


def build_parser() -> Parser:
    """Return the parser of `kotowari`."""
    parser = Parser(
        prog="kotowari",
        description="依頼者から届いたメッセージを確かめ、応じてよいかと、送れる返信文をお答えします。",
        epilog=_EXAMPLES,
    )
    parser.add_argument("--version", action="store_true", help="版を表示して終わる")
    commands = parser.add_subparsers(dest="command", metavar="コマンド", title="コマンド", parser_class=Parser)
    _add_check(commands)
    _add_chat(commands)
    _add_rules(commands)
    _add_evaluate(commands)
    _add_wording(commands)
    _add(commands, "doctor", "設定を点検する", "何が設定済みで、何が足りず、足りないと何が困るかを表示します。")
    _add_line(commands)
    serve = _add(commands, "serve", "サービスを動かす", "LINE・ウェブ・APIのサービスを動かします。")
    serve.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス（初期値 127.0.0.1）")
    serve.add_argument("--port", type=int, default=8000, help="待ち受けるポート（初期値 8000）")
    return parser


def _add(commands: argparse._SubParsersAction[Parser], name: str, short: str, long: str = "") -> Parser:
    return commands.add_parser(name, help=short, description=long or f"{short}。")


def _add_check(commands: argparse._SubParsersAction[Parser]) -> None:
    check = _add(commands, "check", "メッセージを1通、またはまとめて確かめる", "判定・理由・返信文を表示します。")
    check.add_argument("text", nargs="?", metavar="TEXT", help="確かめる文章。省くか - なら標準入力から読む")
    _add_situation(check)
    check.add_argument("--as-of", metavar="YYYY-MM-DD", help="この日のルールで判断する（初期値 今日）")
    check.add_argument("--json", action="store_true", help="JSONで出力する")
    check.add_argument("--drafts", action="store_true", help="返信文をすべて全文で表示する")
    check.add_argument("--batch", metavar="FILE", help="1行に1件のJSONを読み、1行に1件の結果を出す。- は標準入力")
    check.add_argument("--model", action="store_true", help="設定があれば、文章をモデルで整える")


def _add_chat(commands: argparse._SubParsersAction[Parser]) -> None:
    chat = _add(commands, "chat", "対話で相談する", "サイトと契約の段階を覚えたまま、続けて相談できます。")
    _add_situation(chat)
    chat.add_argument("--as-of", metavar="YYYY-MM-DD", help="この日のルールで判断する（初期値 今日）")


def _add_evaluate(commands: argparse._SubParsersAction[Parser]) -> None:
    long = "ラベルつきのメッセージ（YAML）をすべて判定し、どれだけ正しく読めたかを表示します。"
    evaluate = _add(commands, "evaluate", "ラベルつきのメッセージで、読み取りの正確さを測る", long)
    evaluate.add_argument("files", nargs="+", metavar="FILE", help="ラベルつきのメッセージのYAMLファイル")
    evaluate.add_argument("--as-of", metavar="YYYY-MM-DD", help="この日のルールで判断する（初期値 今日）")
    evaluate.add_argument("--json", action="store_true", help="JSONで出力する")
    evaluate.add_argument("--html", metavar="REPORT", help="読み違えとその理由を、1枚のHTMLファイルに書く")
    floor = (
        "これより悪ければ終了コードを1にする: verdict=0.92、danger_recall=0.98、false_alarms@slice=posting=0.03 など"
    )
    evaluate.add_argument("--floor", action="append", default=[], metavar="NAME=VALUE", help=floor)


def _add_situation(parser: Parser) -> None:
    site = _choices("サイト", PLATFORMS, "文面から。なければ crowdworks")
    parser.add_argument("--platform", metavar="SITE", help=site)
    parser.add_argument("--stage", metavar="STAGE", help=_choices("契約の段階", STAGES, "文面から"))
    parser.add_argument("--register", metavar="STYLE", default="polite", help=_choices("文体", REGISTERS, "polite"))


def _add_line(commands: argparse._SubParsersAction[Parser]) -> None:
    line = _add(commands, "line", "LINEの設定を点検し、整える")
    parts = line.add_subparsers(dest="part", metavar="コマンド", title="コマンド", required=True, parser_class=Parser)
    about = "トークンと通数を確かめ、Webhookとメニューを設定し、残りの手順を表示します。"
    setup = _add(parts, "setup", "LINEの設定を進める", about)
    setup.add_argument(
        "--url", metavar="URL", help="Webhookのアドレス（https://…/line/webhook）。省くと、いまの設定を使う"
    )
    setup.add_argument("--no-menu", action="store_true", help="メニューは変えない")


def _choices(name: str, values: Sequence[str], default: str) -> str:
    return f"{name}（初期値 {default}）: {' · '.join(values)}"


def _add_rules(commands: argparse._SubParsersAction[Parser]) -> None:
    rules = _add(commands, "rules", "ルールを点検し、表示する", "ルールを点検し、表にし、版を比べます。")
    parts = rules.add_subparsers(dest="part", metavar="コマンド", title="コマンド", required=True, parser_class=Parser)
    _add(parts, "lint", "ルールファイルの誤りを、場所と直し方つきで表示する")
    test = _add(parts, "test", "ルールファイルにある例をすべて試す")
    least = "例が気づく変異がこの割合（0〜1）より少なければ、終了コードを1にする"
    test.add_argument("--least", type=float, default=0.0, metavar="SHARE", help=least)
    test.add_argument("--mutate", action="store_true", help="ルールを少しずつ壊し、例が気づくかも試す")
    test.add_argument(
        "--suggest",
        action="append",
        default=[],
        metavar="FILE",
        help="気づける例の候補を、ラベルつきのメッセージから探す",
    )
    show = _add(parts, "show", "ルールを表で表示する")
    show.add_argument("--platform", metavar="SITE", help="このサイトのルールだけを表示する")
    show.add_argument("--as-of", metavar="YYYY-MM-DD", help="この日のルールを表示する（初期値 今日）")
    stale = _add(
        parts,
        "stale",
        "読み直すべき出典を、古い順に表示する",
        "古い出典と、それに立つルールを表示します。あれば終了コードは1です。",
    )
    stale.add_argument(
        "--days", type=int, default=365, metavar="N", help="確かめてからN日を過ぎた出典を挙げる（初期値 365）"
    )
    diff = _add(parts, "diff", "2つの日のルールを比べる")
    diff.add_argument("--from", dest="start", metavar="YYYY-MM-DD", required=True, help="古いほうの日")
    diff.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help="新しいほうの日（初期値 今日）")


def _add_wording(commands: argparse._SubParsersAction[Parser]) -> None:
    wording = _add(
        commands, "wording", "モデルの文面を試し、評価する", "モデルの文面を、ひな形と並べて試し、評価します。"
    )
    parts = wording.add_subparsers(
        dest="part", metavar="コマンド", title="コマンド", required=True, parser_class=Parser
    )
    tried = _add(parts, "try", "ひな形とモデルの文面を並べ、費用とあわせて表示する")
    tried.add_argument("text", nargs="?", metavar="TEXT", help="試す文章。省くか - なら標準入力から読む")
    _add_situation(tried)
    judge = _add(parts, "judge", "文面を15の観点で評価し、合格かどうかを表示する", _JUDGE)
    judge.add_argument(
        "file", nargs="?", metavar="FILE", help="モデルの答えを1行に1つ書いたJSONL。省くとひな形を評価する"
    )
    record = _add(parts, "record", "テスト用の録音を、本物のモデルで取り直す", _RECORD)
    record.add_argument("folder", metavar="FOLDER", help="録音のフォルダ（tests/cassettes/wording）")


_JUDGE = "評価表の状況ごとに、必ず守ること（5つ）と加点（10）を数えます。一つでも守れないか12点に届かなければ、終了コード1です。"
_RECORD = "OPENAI_API_KEY の鍵で本物のモデルに尋ねるため、費用がかかります。"
