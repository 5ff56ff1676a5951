"""Reply: an answer whose words may be shown; rendering takes nothing else, and only the guard makes one."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Protocol

from service.advice.advice import Advice
from service.consultation import Answer
from service.drafting.draft import Draft
from service.vocabulary import Wording

_SEAL = object()  # used by the guard's own files alone


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


def admit_template(answer: Answer, *, reason: str = "", cost: float = 0.0) -> Reply:
    """Return the reply in the rules' own words, which need no check: the tests hold every one of them."""
    return Reply(answer.advice, answer.drafts, reason=reason, cost=cost, seal=_SEAL)


class Worder(Protocol):
    """Whoever makes an answer warmer. Never raises: without a model, the template's reply comes back."""

    async def word(self, answer: Answer, *, user: str) -> Reply: ...


class TemplateWorder:
    """The worder where no model is configured."""

    async def word(self, answer: Answer, *, user: str) -> Reply:
        """Return the template's reply at once."""
        return admit_template(answer, reason="no_model")
