"""Make the observation of an answer: kinds and numbers; a text, with what is personal masked, for unclear cases alone."""

from __future__ import annotations

from dataclasses import dataclass

from service.advice.advise import is_contradicted
from service.facts.personal import mask_personal
from service.guard.reply import Reply
from service.intake.message import Message
from service.observation import Channel, Observation

_SHORTEST_CASE = 20  # characters: a greeting in which nothing is found is no riddle
_LONGEST_CASE = 2_000  # characters of a case that are kept


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where an answer was given. `id` is made anew for each answer; `owner` is a keyed hash, or empty."""

    id: str
    at: float  # Unix seconds
    channel: Channel
    seconds: float = 0.0
    owner: str = ""


def make_observation(message: Message, reply: Reply, occasion: Occasion, *, rated_wrong: bool = False) -> Observation:
    """Return what is remembered of an answer.

    With `rated_wrong` the same answer is told once more, because its reader called it wrong: now with its text.
    """
    advice = reply.advice
    unclear = "rated_wrong" if rated_wrong else find_doubt(message, reply)
    return Observation(
        id=occasion.id,
        at=occasion.at,
        channel=occasion.channel,
        platform=advice.platform,
        stage=advice.stage,
        role=advice.role,
        verdict=advice.verdict,
        asks=advice.asks,
        rules=tuple(dict.fromkeys(finding.rule for finding in advice.findings)),
        wording=reply.wording,
        reason=reply.reason,
        seconds=occasion.seconds,
        cost=reply.cost,
        unclear=unclear,
        text=_mask(message, reply) if unclear else "",
        owner=occasion.owner,
    )


def find_doubt(message: Message, reply: Reply) -> str:
    """Return why a person should look at an answer, or nothing."""
    advice = reply.advice
    if is_contradicted(message, advice.facts):
        return "contradiction"
    to_judge = advice.role in ("client_message", "job_posting") and len(message.text) >= _SHORTEST_CASE
    nothing = advice.verdict == "ok" and not advice.findings and not advice.asks
    return "nothing_found" if to_judge and nothing else ""


def _mask(message: Message, reply: Reply) -> str:
    masked = mask_personal(message.text, reply.advice.facts).text
    return masked if len(masked) <= _LONGEST_CASE else masked[:_LONGEST_CASE] + "…"
