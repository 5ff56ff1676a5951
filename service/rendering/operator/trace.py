"""A judgement laid open: the facts with the words that prove them, the rows that were tried, what would turn it."""

from __future__ import annotations

from dataclasses import dataclass

from service.advice.advice import Advice
from service.consultation import Answer, Book
from service.facts.trace import Seen, trace_facts, trace_taken_back
from service.intake.message import Message
from service.rendering.names import ASK_NAMES, STAGE_NAMES
from service.rendering.operator.words import CONDITION_NAMES, name_kind
from service.rulebook.book import BOTH_STAGES
from service.rulebook.explain import Explained, Ground, Turn, explain
from service.rulebook.rule import Rule

_STAGES = {stage: f"{name}として" for stage, name in STAGE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """A row that was tried; `lacks` says which condition did not hold, and nothing where the row decided."""

    rule: Rule
    lacks: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What would have to be different for another row to decide."""

    condition: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Decision:
    """How one ask was decided."""

    title: str
    quote: str
    decided: tuple[Step, ...]  # one row; of signals alone, all that hold
    passed: tuple[Step, ...]  # rows before it that lacked something
    near: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole way from the text to the verdict."""

    advice: Advice
    facts: tuple[Seen, ...]
    taken_back: tuple[Seen, ...]  # what a refusal, a quotation or the like made no fact of
    decisions: tuple[Decision, ...]


def trace_answer(message: Message, answer: Answer, book: Book) -> Trace:
    """Return how an answer came about."""
    advice = answer.advice
    stages = BOTH_STAGES if advice.stage == "unknown" else (advice.stage,)
    explained = explain(book.rules, advice.facts, Ground(advice.platform, stages, advice.as_of))
    return Trace(
        advice,
        trace_facts(book.reader, message.text),
        trace_taken_back(book.reader, message.text),
        tuple(_decide(each) for each in explained),
    )


def _decide(explained: Explained) -> Decision:
    ask = explained.ask
    name = ASK_NAMES[ask.kind] if ask else "頼みごとのない、しるしだけの行"
    steps = tuple(Step(each.rule, CONDITION_NAMES.get(each.lacks, each.lacks)) for each in explained.tried)
    near = tuple(NearMiss(_describe(turn), turn.rule) for turn in explained.turns)
    return Decision(
        title=f"{name}（{_STAGES[explained.stage]}）",
        quote=ask.quote if ask else "",
        decided=tuple(step for step in steps if not step.lacks),
        passed=tuple(step for step in steps if step.lacks),
        near=near,
    )


def _describe(turn: Turn) -> str:
    name = name_kind("stage" if turn.condition == "stage" else "claim", turn.value)
    if turn.condition == "stage":
        return f"{name}なら"
    return f"{name}があれば" if turn.condition == "claim" else f"{name}がなければ"
