"""Candidate: a model's words taken apart, ready to be examined, with the rules they are examined by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.consultation import Answer
from service.guard.vocabulary import Vocabulary
from service.intake.view import View, read_text
from service.wording.shell import Shell, split_sentences
from service.wording.situation import Situation

OVERLAP = 12  # characters of the prompt in a row


@dataclass(frozen=True, slots=True)
class Rules:
    """What the checks go by: vocabulary, forbidden words by id, the topics, and the prompt that must not leak."""

    vocabulary: Vocabulary
    forbidden: Mapping[str, Any]
    topics: tuple[str, ...]
    canary: str
    prompt_runs: frozenset[str]
    version: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place, and the sorts of shapes that admit it there; no sorts: the vocabulary knows it not."""

    place: str
    text: str
    sorts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model's words with what they are to stand around."""

    shell: Shell
    answer: Answer
    situation: Situation
    rules: Rules
    places: tuple[tuple[str, str], ...]  # each place that has words, with them
    sentences: tuple[Sentence, ...]
    whole: str  # all words together
    view: View  # the same without breaks, made comparable: what was split over places is whole again


def make_candidate(shell: Shell, answer: Answer, situation: Situation, rules: Rules) -> Candidate:
    """Take a shell apart: what every check looks at is worked out once."""
    places = tuple(shell.items())
    sentences = tuple(
        Sentence(place, text, rules.vocabulary.find_sorts(place, text))
        for place, words in places
        for text in split_sentences(words)
    )
    whole = "\n".join(words for _, words in places)
    view = read_text(whole.replace("\n", ""))
    return Candidate(shell, answer, situation, rules, places, sentences, whole, view)


def runs(text: str, length: int) -> set[str]:
    """Return every run of so many characters."""
    plain = "".join(text.split())
    return {plain[at : at + length] for at in range(len(plain) - length + 1)}
