"""Rule: one row of a decision table — when it holds, what follows, what is said, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.vocabulary import AskKind, ClaimKind, DraftKind, Stage, Verdict

NO_CLAIM = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row asks of the facts. An empty tuple means: any."""

    asks: tuple[AskKind, ...] = ()
    channels: tuple[str, ...] = ()
    not_channels: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    claims: tuple[ClaimKind, ...] = ()
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A message that a row promises to judge, or to leave alone. `verdict` is that of the whole answer, "" where not said."""

    text: str
    expect: str  # hit | miss
    stage: Stage
    as_of: date | None
    line: int
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. `effective_until` is the last day it held; None means it still does."""

    id: str  # "crowdworks/contact-before-contract"
    title: str
    when: Condition
    verdict: Verdict
    what: str
    why: str
    do: str
    next_steps: tuple[str, ...]
    drafts: tuple[DraftKind, ...]
    sources: tuple[str, ...]
    help: tuple[str, ...]
    effective_from: date | None = None
    effective_until: date | None = None
    examples: tuple[Example, ...] = ()
    summary: str = ""  # the answer in one sentence; without it the verdict's usual sentence is used
    file: str = ""
    line: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return (self.effective_from or day) <= day <= (self.effective_until or day)
