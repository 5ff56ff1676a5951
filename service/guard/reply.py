"""Reply: an answer whose words may be shown; rendering takes nothing else, and only the guard makes one."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Protocol

from service.advice.advice import Advice
from service.consultation import Answer
from service.drafting.draft import Draft
from service.guard.assemble import assemble_draft
from service.guard.examine import Candidate, Rules, contradicts, examine, make_candidate
from service.vocabulary import Wording
from service.wording.shell import CLIENT_PLACES, Shell
from service.wording.situation import Situation, choose_draft

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Reply:
    """What may be shown. `lead` and `tip` are the model's words for the worker, empty with a template.

    `reason` tells why the wording is the template's: a word for counting, never shown. Raises TypeError when made elsewhere.
    """

    advice: Advice
    drafts: tuple[Draft, ...]
    wording: Wording = "template"
    lead: str = ""
    tip: str = ""
    reason: str = ""
    cost: float = 0.0  # US dollars that this answer cost; nothing where the wording was already known
    seal: InitVar[object] = None  # no copy carries it: dataclasses.replace makes no reply either

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("a Reply is made by the guard alone: admit_template or admit_wording")


class Refused(Exception):
    """The guard refused a model's words; `check` is the id of the check they failed."""

    def __init__(self, check: str) -> None:
        self.check = check
        super().__init__(check)


def admit_template(answer: Answer, *, reason: str = "", cost: float = 0.0) -> Reply:
    """Return the reply in the rules' own words, which need no check: the tests hold every one of them."""
    return Reply(answer.advice, answer.drafts, reason=reason, cost=cost, seal=_SEAL)


def admit_wording(
    answer: Answer, shell: Shell | None, situation: Situation, *, rules: Rules, cost: float = 0.0
) -> Reply:
    """Return the reply with a model's words around the rules' own; raise Refused when any check fails."""
    if shell is None:
        raise Refused("shape")
    candidate = make_candidate(shell, answer, situation, rules)
    if check := examine(candidate):
        raise Refused(check)
    drafts = tuple(_word(draft, candidate) for draft in answer.drafts) if choose_draft(answer) else ()
    return Reply(answer.advice, drafts or answer.drafts, "model", lead=shell.lead, tip=shell.tip, cost=cost, seal=_SEAL)


def _word(draft: Draft, candidate: Candidate) -> Draft:
    """Word a draft to the client; one that the words would contradict, and a report, stay as they are."""
    client = any(place in CLIENT_PLACES for place, _ in candidate.places)
    if not client or draft.kind == "report" or contradicts(candidate, draft.kind):
        return draft
    return assemble_draft(draft, candidate.shell)


class Worder(Protocol):
    """Whoever makes an answer warmer. Never raises: without a model, the template's reply comes back."""

    async def word(self, answer: Answer, *, user: str) -> Reply: ...


class TemplateWorder:
    """The worder where no model is configured."""

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Return the template's reply at once."""
        return admit_template(answer, reason="no_model")
