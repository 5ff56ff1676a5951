"""The conductor: a message and the book become an answer. No clock, no disk, no network."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.advice.advice import Advice
from service.advice.advise import advise
from service.drafting.draft import Draft
from service.drafting.library import DraftLibrary
from service.drafting.write import write_drafts
from service.facts.extract import Reader
from service.intake.message import Message
from service.rulebook.book import RuleBook
from service.vocabulary import Wording


@dataclass(frozen=True, slots=True)
class Book:
    """Everything an answer is made from: how to read, how to judge, how to write."""

    reader: Reader
    rules: RuleBook
    drafts: DraftLibrary


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker gets: the advice, and drafts ready to send (`drafts[0]` is the recommended one)."""

    advice: Advice
    drafts: tuple[Draft, ...]
    wording: Wording = "template"
    text: str = field(default="", repr=False)  # the message itself, as it was judged


def consult(message: Message, book: Book) -> Answer:
    """Read, judge and write: the whole answer to one message, by the rules alone."""
    facts = book.reader.read_facts(message.text)
    advice = advise(message, facts, book.rules)
    return Answer(advice, write_drafts(advice, book.drafts, register=message.register), text=message.text)
