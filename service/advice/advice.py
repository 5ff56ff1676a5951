"""Advice: the verdict with its reasons and the next steps; everything an answer is made of, but for the drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.facts.fact import Facts
from service.rulebook.finding import Finding
from service.vocabulary import AskKind, DraftKind, Platform, Role, Stage, Verdict


@dataclass(frozen=True, slots=True)
class HelpContact:
    """A desk to turn to."""

    id: str
    name: str
    phone: str
    url: str
    text: str  # when it helps, in one sentence


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules say about one message.

    `stage` is the stage the verdict stands on. `branches` is given only with `depends`.
    `draft_kinds[0]` is the recommended reply; empty when no reply to the client makes sense.
    """

    id: str
    edition: str
    as_of: date
    platform: Platform
    platform_name: str
    stage: Stage
    role: Role
    verdict: Verdict
    summary: str
    facts: Facts
    asks: tuple[AskKind, ...]
    findings: tuple[Finding, ...]
    next_steps: tuple[str, ...]
    draft_kinds: tuple[DraftKind, ...]
    branches: tuple[tuple[Stage, Verdict], ...] = ()
    notes: tuple[str, ...] = ()  # a contradiction, an unknown site: said beside the verdict
    help: tuple[HelpContact, ...] = ()
