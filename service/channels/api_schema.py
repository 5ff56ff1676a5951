"""The API's words for its readers: what is taken, what is given, with examples for /docs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from service.intake.message import LONGEST_TEXT
from service.vocabulary import PLATFORMS, REGISTERS, STAGES

_EXAMPLE: dict[str, JsonValue] = {
    "text": "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。",
    "platform": "crowdworks",
    "stage": "before_contract",
}


def _words(values: tuple[str, ...], says: str) -> Any:
    return Field(default=None, description=says, json_schema_extra={"enum": list(values)})


class AdviceRequest(BaseModel):
    """確かめたい文章と、わかっていること。text のほかは省けます。"""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [_EXAMPLE]})

    text: str = Field(description=f"届いた文章そのまま（{LONGEST_TEXT:,}文字まで）")
    platform: str | None = _words(PLATFORMS, "サイト。省くと文面から読み取り、なければ crowdworks")
    stage: str | None = _words(STAGES, "契約の段階。省くと文面から読み取ります")
    as_of: str | None = Field(default=None, description="この日のルールで判断します", examples=["2026-11-23"])
    tone: str | None = Field(default=None, alias="register", description=f"文体: {' · '.join(REGISTERS)}")
    wording: str | None = _words(("template", "model"), "文面の作り方。モデルがなければ、ひな形です")


class Quoted(BaseModel):
    """文章の一部。quote は text[start:end] そのものです。"""

    kind: str
    quote: str
    start: int
    end: int


class Ask(Quoted):
    """依頼者が求めていること。"""

    channel: str | None = None


class Source(BaseModel):
    """ルールの出典。"""

    title: str
    url: str
    checked_on: str
    confirmed: bool


class Finding(BaseModel):
    """当てはまったルール。何が・なぜ・どうする。"""

    rule: str
    verdict: str
    asks: list[str]
    stage: str
    what: str
    why: str
    do: str
    sources: list[Source]


class DraftText(BaseModel):
    """そのまま送れる返信文。最初のものがおすすめです。"""

    kind: str
    label: str
    text: str
    wording: str


class Desk(BaseModel):
    """相談できるところ。"""

    id: str
    name: str
    phone: str
    url: str
    text: str


class AdviceResult(BaseModel):
    """判定、理由、次にすること、返信文。branches は verdict が depends のときだけ付きます。"""

    id: str
    edition: str
    as_of: str
    platform: str
    stage: str
    role: str
    verdict: str
    summary: str
    asks: list[Ask]
    claims: list[Quoted]
    findings: list[Finding]
    next_steps: list[str]
    branches: dict[str, str] | None = None
    drafts: list[DraftText]
    wording: str
    lead: str
    tip: str
    tone: str | None = Field(default=None, alias="register")
    notes: list[str]
    help: list[Desk]
    signals: list[Quoted]
    contacts: list[Quoted]


class Problem(BaseModel):
    """何が問題で、どうすればよいか。"""

    message: str


class ErrorBody(BaseModel):
    """答えられなかったときの本文。"""

    error: Problem
