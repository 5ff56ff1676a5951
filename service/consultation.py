"""The conductor: a message and the rule book become an answer. No clock, no disk, no network."""

from __future__ import annotations

from dataclasses import dataclass

from service.advice.advice import Advice
from service.drafting.draft import Draft
from service.vocabulary import Wording


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker gets: the advice, and drafts ready to send (`drafts[0]` is the recommended one)."""

    advice: Advice
    drafts: tuple[Draft, ...]
    wording: Wording = "template"
