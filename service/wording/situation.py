"""Situation: an answer in a few typed words — all that a model learns of a case by default."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from service.advice.advice import Advice
from service.consultation import Answer
from service.drafting.draft import Draft
from service.vocabulary import DraftKind, Language, Platform, Register, Role, Stage, Verdict
from service.wording.topics import Topics

Relation = Literal["first", "ongoing", "unknown"]
_FIRST = ("はじめまして", "初めまして", "始めまして", "突然のご連絡", "突然のメッセージ")
_ONGOING = ("いつもお世話", "いつもありがとう", "先日はありがとう", "納品ありがとう", "ご契約ありがとう")


@dataclass(frozen=True, slots=True)
class Situation:
    """What an answer is about. Every value is one of a closed set: nothing here is the client's own words."""

    verdict: Verdict
    role: Role
    draft: DraftKind | Literal["none"]  # the reply to be made warmer; none: only the worker is spoken to
    register: Register
    platform: Platform
    stage: Stage
    relation: Relation
    topic: str  # one of the known topics, or empty
    asks: tuple[str, ...]  # kind, or kind/channel
    claims: tuple[str, ...]
    signals: tuple[str, ...]

    @property
    def key(self) -> str:
        """The situation as one line, the same for the same situation."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_situation(answer: Answer, topics: Topics) -> Situation:
    """Return the situation of an answer."""
    advice, draft = answer.advice, choose_draft(answer)
    facts = advice.facts
    return Situation(
        verdict=advice.verdict,
        role=advice.role,
        draft=draft.kind if draft else "none",
        register=draft.register if draft else "polite",
        platform=advice.platform,
        stage=advice.stage,
        relation=_relate(answer),
        topic=topics.find(answer.text),
        asks=tuple(sorted({f"{ask.kind}/{ask.channel}" if ask.channel else ask.kind for ask in facts.asks})),
        claims=tuple(sorted({claim.kind for claim in facts.claims})),
        signals=tuple(sorted({signal.kind for signal in facts.signals})),
    )


def choose_draft(answer: Answer) -> Draft | None:
    """Return the draft that a model may make warmer: the first one in Japanese that goes to the client."""
    if speaks(answer) != "ja":
        return None
    return next((draft for draft in answer.drafts if draft.kind != "report"), None)


class Advised(Protocol):
    """An answer or a reply: whatever carries the advice."""

    @property
    def advice(self) -> Advice: ...


def speaks(answer: Advised) -> Language:
    """Return the language of the drafts to the client."""
    return answer.advice.facts.language if answer.advice.role != "worker_question" else "ja"


def _relate(answer: Answer) -> Relation:
    opening = answer.text.lstrip()[:60]
    if any(word in opening for word in _FIRST):
        return "first"
    if answer.advice.stage == "after_contract" or any(word in opening for word in _ONGOING):
        return "ongoing"
    return "unknown"
