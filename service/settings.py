"""Every environment variable: name, default, one line of help. Read once at the start, then passed as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from service.vocabulary import PLATFORMS, Platform

ModelApi = Literal["responses", "chat"]
MODEL_APIS: tuple[ModelApi, ...] = get_args(ModelApi)


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
    debug: bool = False
    problems: tuple[str, ...] = ()

    @property
    def line_ready(self) -> bool:
        """Whether both of LINE's credentials are there."""
        return bool(self.line_channel_secret and self.line_channel_access_token)

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
        model_deadline=_seconds(value["KOTOWARI_MODEL_DEADLINE"], problems),
        model_cache=_one_of(value, "KOTOWARI_MODEL_CACHE", ("on", "off"), problems) == "on",
        database_url=value["KOTOWARI_DATABASE_URL"],
        data_dir=Path(value["KOTOWARI_DATA_DIR"]),
        operator_token=value["KOTOWARI_OPERATOR_TOKEN"],
        rules_dir=_folder(value["KOTOWARI_RULES_DIR"]),
        prompts_dir=_folder(value["KOTOWARI_PROMPTS_DIR"]),
        platform=next((known for known in PLATFORMS if known == platform), None),
        debug=value["KOTOWARI_DEBUG"] not in ("", "0"),
        problems=tuple(problems),
    )


def _one_of(value: Mapping[str, str], name: str, choices: tuple[str, ...], problems: list[str]) -> str:
    if value[name] in choices:
        return value[name]
    problems.append(f"{name} の値は使えません（使える値: {' · '.join(each for each in choices if each)}）")
    return next(row.default for row in ROWS if row.name == name)


def _seconds(text: str, problems: list[str]) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if 0 < seconds <= 60:
        return seconds
    problems.append("KOTOWARI_MODEL_DEADLINE には0より大きく60以下の秒数を書いてください")
    return 6.0


def _folder(text: str) -> Path | None:
    return Path(text).expanduser() if text else None
