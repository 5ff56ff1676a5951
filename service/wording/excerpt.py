"""Excerpt: the part of a message that may go to a model where the operator wants it — masked, short, marked as foreign."""

from __future__ import annotations

from service.consultation import Answer
from service.facts.personal import mask_personal
from service.intake.sentences import Sentences

LONGEST = 300  # characters
_STEP = 12  # characters between two marks: Japanese has no spaces to put them at


def cut_excerpt(answer: Answer, *, fence: str) -> str:
    """Return the sentences that hold what is asked for, personal details masked, between fences nobody can guess."""
    masked = mask_personal(_choose(answer), answer.advice.facts).text.replace("\n", " ")[:LONGEST]
    marked = "ˆ".join(masked[at : at + _STEP] for at in range(0, len(masked), _STEP))
    return f"<<{fence}\n{marked}\n{fence}>>" if masked.strip() else ""


def _choose(answer: Answer) -> str:
    sentences = Sentences(answer.text)
    spans = sorted({sentences.bounds(ask.start) for ask in answer.advice.facts.asks})
    return "".join(answer.text[start : end + 1] for start, end in spans) or answer.text[:LONGEST]
