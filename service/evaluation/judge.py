"""Judge a labelled message as `check` would, and keep what is needed to count and to explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.advice.advise import advise
from service.consultation import Book
from service.evaluation.case import Case
from service.evaluation.slices import name_slices
from service.evaluation.trace import Trace, trace_case
from service.intake.message import make_message
from service.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what was read. `trace` is there only where something was missed."""

    case: Case
    verdict: Verdict
    asks: frozenset[str]
    claims: frozenset[str]
    slices: tuple[str, ...]
    trace: Trace | None = None

    @property
    def is_right(self) -> bool:
        """Whether verdict and asks are the labelled ones."""
        return self.verdict == self.case.verdict and self.asks == self.case.asks


def judge_case(case: Case, book: Book, as_of: date) -> Judged:
    """Return how a case was read on a day."""
    message = make_message(case.text, as_of=case.as_of or as_of, platform=case.platform, stage=case.stage)
    facts = book.reader.read_facts(case.text)
    advice = advise(message, facts, book.rules)
    judged = Judged(
        case=case,
        verdict=advice.verdict,
        asks=frozenset(advice.asks),
        claims=frozenset(claim.kind for claim in facts.claims),
        slices=name_slices(case, facts, book.reader),
    )
    if judged.is_right:
        return judged
    return Judged(case, judged.verdict, judged.asks, judged.claims, judged.slices, trace_case(case, advice, book))
