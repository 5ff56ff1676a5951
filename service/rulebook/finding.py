"""Finding: one rule that applies, in three beats — what, why, what to do — with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.vocabulary import AskKind, DraftKind, Stage, Verdict


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `confirmed` is False where the page's own text could not be read."""

    title: str
    url: str
    checked_on: date
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that applies to these facts. Made by the rule book alone.

    `stage` is set where the finding holds for that stage only, because the stage is not known.
    """

    rule: str  # "crowdworks/contact-before-contract"
    verdict: Verdict
    asks: tuple[AskKind, ...]
    what: str
    why: str
    do: str
    sources: tuple[Source, ...]
    drafts: tuple[DraftKind, ...]
    next_steps: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    stage: Stage = "unknown"
    summary: str = ""  # the answer in one sentence, where the rule words its own

    @property
    def is_deed(self) -> bool:
        """Whether it is about what the worker has already done (a row `did_…` of rules/answers.yaml)."""
        return self.rule.startswith("answers/did-")
