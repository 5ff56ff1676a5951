"""The API's words for its readers: what is taken, what is given, with examples for /docs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from service.intake.message import LONGEST_TEXT
from service.vocabulary import PLATFORMS, REGISTERS, STAGES

EXAMPLE: dict[str, str] = {
    "text": "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。",
    "platform": "crowdworks",
    "stage": "before_contract",
}


def _words(values: tuple[str, ...], says: str) -> Any:
    return Field(default=None, description=says, json_schema_extra={"enum": list(values)})


class AdviceRequest(BaseModel):
    """確かめたい文章と、わかっていること。text のほかは省けます。"""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [dict(EXAMPLE)]})

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

    id: str = Field(description="同じ文章・条件・版なら、同じ値")
    edition: str = Field(description="ルールの版")
    as_of: str = Field(description="どの日のルールで判断したか")
    platform: str = Field(description="どのサイトのルールで判断したか")
    stage: str = Field(description="契約の段階")
    role: str = Field(description="文章の種類: client_message · job_posting · worker_question · chat")
    verdict: str = Field(description="判定（悪い順に）: danger · against_rules · caution · depends · ok")
    summary: str = Field(description="答えを1文で")
    asks: list[Ask] = Field(description="求められていること")
    claims: list[Quoted] = Field(description="許可についての説明")
    findings: list[Finding] = Field(description="当てはまったルールと出典")
    next_steps: list[str] = Field(description="次にすること")
    branches: dict[str, str] | None = Field(default=None, description="段階ごとの判定。depends のときだけ")
    drafts: list[DraftText] = Field(description="返信文。最初のものがおすすめ")
    wording: str = Field(description="文面の作り方: template · model")
    lead: str = Field(description="モデルによる前置き。なければ空")
    tip: str = Field(description="モデルによるひとこと。なければ空")
    tone: str | None = Field(default=None, alias="register", description="返信文の文体")
    notes: list[str] = Field(description="添え書き")
    help: list[Desk] = Field(description="相談できるところ")
    signals: list[Quoted] = Field(description="急がせる言葉など、気をつけたいしるし")
    contacts: list[Quoted] = Field(description="文章に書かれた連絡先")


class Problem(BaseModel):
    """何が問題で、どうすればよいか。"""

    message: str


class ErrorBody(BaseModel):
    """答えられなかったときの本文。"""

    error: Problem
