"""Every environment variable: name, default, one line of help. Read once at the start, then passed as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, get_args

from service.vocabulary import PLATFORMS, Platform

ModelApi = Literal["responses", "chat"]
ModelContext = Literal["slots", "excerpt"]
MODEL_APIS: tuple[ModelApi, ...] = get_args(ModelApi)
MODEL_CONTEXTS: tuple[ModelContext, ...] = get_args(ModelContext)


@dataclass(frozen=True, slots=True)
class Row:
    """An environment variable."""

    name: str
    default: str
    help: str
    secret: bool = False


ROWS = (
    Row("LINE_CHANNEL_SECRET", "", "LINEからの通信が本物かを確かめる合言葉。なければLINEは休み", secret=True),
    Row("LINE_CHANNEL_ACCESS_TOKEN", "", "LINEへ返信するための合言葉。なければLINEは休み", secret=True),
    Row("LINE_API_BASE", "https://api.line.me", "LINEの送信先。末尾の / は付けない"),
    Row("LINE_DATA_API_BASE", "https://api-data.line.me", "LINEの画像などの取得先。末尾の / は付けない"),
    Row("OPENAI_API_KEY", "", "文章を整えるモデルの鍵。なければ、いつもひな形の文面", secret=True),
    Row("OPENAI_BASE_URL", "", "モデルの接続先。空なら標準の接続先"),
    Row("KOTOWARI_MODEL", "gpt-6-luna", "文章を整えるモデルの名前"),
    Row("KOTOWARI_MODEL_API", "responses", "responses か chat（Responses APIのないサーバー向け）"),
    Row("KOTOWARI_MODEL_DEADLINE", "6", "モデルを待つ秒数。やり直しを含み、過ぎたらひな形の文面"),
    Row("KOTOWARI_MODEL_CACHE", "on", "on か off。off なら毎回モデルに尋ねる"),
    Row("KOTOWARI_DATABASE_URL", "", "空ならデータフォルダのSQLite。postgresql://… も使える", secret=True),
    Row("KOTOWARI_DATA_DIR", "./data", "サービスが書き込むフォルダ"),
    Row("KOTOWARI_OPERATOR_TOKEN", "", "管理画面の合言葉。なければ管理画面は閉じる", secret=True),
    Row("KOTOWARI_RULES_DIR", "", "ルールのフォルダ。空なら付属のもの"),
    Row("KOTOWARI_PROMPTS_DIR", "", "文面のフォルダ。空なら付属のもの"),
    Row("KOTOWARI_PLATFORM", "", "サイトの指定がないときに使うサイト。空なら文面から読み取り、なければ crowdworks"),
    Row("KOTOWARI_SECRET_KEY", "", "保存する文章の暗号化などに使う鍵。空ならデータフォルダに作る", secret=True),
    Row("KOTOWARI_RETENTION_DAYS", "30", "LINEの相談の記録を残す日数"),
    Row("KOTOWARI_MODEL_CONTEXT", "slots", "slots か excerpt。slots なら、届いた文章をモデルに送らない"),
    Row("KOTOWARI_MODEL_DAY_BUDGET", "1", "モデルに使う1日の上限（米ドル）。0なら使わない"),
    Row("KOTOWARI_MODEL_MONTH_BUDGET", "20", "モデルに使う1か月の上限（米ドル）"),
    Row("KOTOWARI_MODEL_USER_BUDGET", "0.05", "利用者1人に使う1日の上限（米ドル）"),
    Row("KOTOWARI_EXECUTOR_ID", "", "処理係の名前。同じデータベースで複数動かすときは、それぞれ別の名前にする"),
    Row("KOTOWARI_RATE_LIMIT", "60", "1つのアドレスから1分間に受け付ける回数。0なら制限しない"),
    Row("KOTOWARI_TRUSTED_PROXIES", "", "X-Forwarded-For を信じてよい中継サーバーのアドレス。例: 10.0.0.0/8,127.0.0.1"),
    Row("KOTOWARI_PURE", "", "1 なら、コンパイルしたものがあっても使わず、Pythonで読み取る"),
    Row("KOTOWARI_DEBUG", "", "1 なら、不具合のときに詳しい記録を表示する"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as values. `problems` tells what was unusable; a default stands in its place."""

    line_channel_secret: str = field(default="", repr=False)
    line_channel_access_token: str = field(default="", repr=False)
    line_api_base: str = "https://api.line.me"
    line_data_api_base: str = "https://api-data.line.me"
    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = field(default="", repr=False)  # may carry a password
    model: str = "gpt-6-luna"
    model_api: ModelApi = "responses"
    model_deadline: float = 6.0
    model_cache: bool = True
    database_url: str = field(default="", repr=False)
    data_dir: Path = Path("data")
    operator_token: str = field(default="", repr=False)
    rules_dir: Path | None = None
    prompts_dir: Path | None = None
    platform: Platform | None = None
    secret_key: str = field(default="", repr=False)
    retention_days: int = 30
    model_context: ModelContext = "slots"
    model_day_budget: float = 1.0  # US dollars
    model_month_budget: float = 20.0
    model_user_budget: float = 0.05
    executor_id: str = ""
    rate_limit: int = 60  # requests a minute and address; 0: none
    trusted_proxies: str = ""  # addresses and networks, set apart by commas
    debug: bool = False
    problems: tuple[str, ...] = ()

    @property
    def line_ready(self) -> bool:
        """Whether both of LINE's credentials are there."""
        return not self.line_missing

    @property
    def line_missing(self) -> tuple[str, ...]:
        """The names of LINE's credentials that are not there."""
        named = {
            "LINE_CHANNEL_SECRET": self.line_channel_secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.line_channel_access_token,
        }
        return tuple(name for name, value in named.items() if not value)

    @property
    def model_ready(self) -> bool:
        """Whether a model can be asked."""
        return bool(self.openai_api_key)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read all settings; an unusable value becomes the default and is told in `problems`."""
    value = {row.name: environ.get(row.name, "").strip() or row.default for row in ROWS}
    problems: list[str] = []
    platform = _one_of(value, "KOTOWARI_PLATFORM", ("", *PLATFORMS), problems)
    return Settings(
        line_channel_secret=value["LINE_CHANNEL_SECRET"],
        line_channel_access_token=value["LINE_CHANNEL_ACCESS_TOKEN"],
        line_api_base=value["LINE_API_BASE"].rstrip("/"),
        line_data_api_base=value["LINE_DATA_API_BASE"].rstrip("/"),
        openai_api_key=value["OPENAI_API_KEY"],
        openai_base_url=value["OPENAI_BASE_URL"],
        model=value["KOTOWARI_MODEL"],
        model_api="chat" if _one_of(value, "KOTOWARI_MODEL_API", MODEL_APIS, problems) == "chat" else "responses",
        model_deadline=_number(value, "KOTOWARI_MODEL_DEADLINE", (0.1, 60), problems),
        model_cache=_one_of(value, "KOTOWARI_MODEL_CACHE", ("on", "off"), problems) == "on",
        database_url=value["KOTOWARI_DATABASE_URL"],
        data_dir=Path(value["KOTOWARI_DATA_DIR"]),
        operator_token=value["KOTOWARI_OPERATOR_TOKEN"],
        rules_dir=_folder(value["KOTOWARI_RULES_DIR"]),
        prompts_dir=_folder(value["KOTOWARI_PROMPTS_DIR"]),
        platform=next((known for known in PLATFORMS if known == platform), None),
        secret_key=value["KOTOWARI_SECRET_KEY"],
        retention_days=int(_number(value, "KOTOWARI_RETENTION_DAYS", (1, 3650), problems)),
        model_context="excerpt"
        if _one_of(value, "KOTOWARI_MODEL_CONTEXT", MODEL_CONTEXTS, problems) == "excerpt"
        else "slots",
        model_day_budget=_number(value, "KOTOWARI_MODEL_DAY_BUDGET", (0, 100_000), problems),
        model_month_budget=_number(value, "KOTOWARI_MODEL_MONTH_BUDGET", (0, 100_000), problems),
        model_user_budget=_number(value, "KOTOWARI_MODEL_USER_BUDGET", (0, 100_000), problems),
        executor_id=value["KOTOWARI_EXECUTOR_ID"],
        rate_limit=int(_number(value, "KOTOWARI_RATE_LIMIT", (0, 1_000_000), problems)),
        trusted_proxies=_networks(value, "KOTOWARI_TRUSTED_PROXIES", problems),
        debug=value["KOTOWARI_DEBUG"] not in ("", "0"),
        problems=tuple(problems),
    )


def _one_of(value: Mapping[str, str], name: str, choices: tuple[str, ...], problems: list[str]) -> str:
    if value[name] in choices:
        return value[name]
    problems.append(f"{name} の値は使えません（使える値: {' · '.join(each for each in choices if each)}）")
    return next(row.default for row in ROWS if row.name == name)


def _number(value: Mapping[str, str], name: str, bounds: tuple[float, float], problems: list[str]) -> float:
    low, high = bounds
    try:
        number = float(value[name])
    except ValueError:
        number = low - 1
    if low <= number <= high:
        return number
    problems.append(f"{name} には{low:g}から{high:g}までの数を書いてください")
    return float(next(row.default for row in ROWS if row.name == name))


def _networks(value: Mapping[str, str], name: str, problems: list[str]) -> str:
    try:
        networks = [str(ip_network(part.strip())) for part in value[name].split(",") if part.strip()]
    except ValueError:
        problems.append(f"{name} にはアドレスかネットワークを書いてください（例: 10.0.0.0/8,127.0.0.1）")
        return ""
    return ",".join(networks)


def _folder(text: str) -> Path | None:
    return Path(text).expanduser() if text else None
