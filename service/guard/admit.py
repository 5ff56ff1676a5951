"""Admit a model's wording: the words pass every check and stand around the rules' own, or the whole is refused."""

from __future__ import annotations

from service.consultation import Answer
from service.drafting.draft import Draft
from service.guard.assemble import assemble_draft
from service.guard.candidate import Candidate, Rules, make_candidate
from service.guard.examine import contradicts, examine
from service.guard.reply import _SEAL, Reply
from service.wording.shell import CLIENT_PLACES, Shell
from service.wording.situation import Situation, choose_draft


class Refused(Exception):
    """The guard refused a model's words; `check` is the id of the check they failed."""

    def __init__(self, check: str) -> None:
        self.check = check
        super().__init__(check)


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
