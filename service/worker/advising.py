"""Advising: a text becomes an answer for LINE, in time whatever the model does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from service.adapters.clock import now_ms
from service.adapters.days import today
from service.adapters.line.cases import Case
from service.adapters.metrics import ANSWER_SECONDS, ANSWERS, TEMPLATES
from service.consultation import Answer
from service.facts.personal import mask_personal
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from service.observation import Observation
from service.worker.tools import Tools

_ANSWERED_BY = 8_000  # milliseconds after receipt; LINE gets the answer before ten seconds have passed
_SHORTEST = 300  # less time than this is not worth asking the model


@dataclass(frozen=True, slots=True)
class Advised:
    """A judged case with its reply."""

    case: Case
    answer: Answer
    reply: Reply


async def advise_case(tools: Tools, case: Case, *, owner: str, received: int) -> Advised:
    """Judge a case and word the answer. Raises InputError for a text that cannot be judged."""
    message = make_message(case.text, as_of=today(), platform=case.platform, stage=case.stage, register=case.register)
    answer = await tools.consultant.judge(message)
    return Advised(case, answer, await _word(tools, answer, owner=owner, received=received))


async def _word(tools: Tools, answer: Answer, *, owner: str, received: int) -> Reply:
    left = received + _ANSWERED_BY - now_ms()
    if left < _SHORTEST:
        return admit_template(answer, reason="late")
    try:
        async with asyncio.timeout(left / 1000):
            return await tools.consultant.word(answer, user=owner)
    except TimeoutError:
        return admit_template(answer, reason="late")


def observe(advised: Advised, *, owner: str, received: int, unclear: str = "") -> Observation:
    """Return what is counted of an answer; an unclear case brings its text, masked."""
    advice, reply = advised.reply.advice, advised.reply
    unclear = unclear or _tell_unclear(advised.answer)
    return Observation(
        id=advised.case.key,
        at=now_ms() / 1000,
        channel="line",
        platform=advice.platform,
        stage=advice.stage,
        role=advice.role,
        verdict=advice.verdict,
        asks=advice.asks,
        rules=tuple(finding.rule for finding in advice.findings),
        wording=reply.wording,
        reason=reply.reason,
        seconds=max(0, now_ms() - received) / 1000,
        unclear=unclear,
        text=mask_personal(advised.case.text, advice.facts).text if unclear else "",
        owner=owner,
    )


def count(observation: Observation) -> None:
    """Count an answer in the metrics."""
    ANSWERS.labels("line", observation.platform, observation.verdict, observation.wording).inc()
    ANSWER_SECONDS.labels("line").observe(observation.seconds)
    if observation.reason:
        TEMPLATES.labels(observation.reason).inc()


def _tell_unclear(answer: Answer) -> str:
    advice = answer.advice
    if advice.role in ("client_message", "job_posting") and not advice.findings and not advice.asks:
        return "nothing_found"
    return "contradiction" if advice.notes and advice.facts.stage not in ("unknown", advice.stage) else ""
