"""Measure the guard: how many good phrasings it admits, which attacks it lets through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from service.adapters.model.files import read_prompt, read_rules, read_topics
from service.consultation import Answer, Book, consult
from service.guard.candidate import Rules, make_candidate
from service.guard.examine import examine
from service.intake.message import make_message
from service.wording.shell import CLIENT_PLACES, PLACES, WORKER_PLACES, Shell, tidy
from service.wording.situation import Situation, read_situation
from tests.measure import AS_OF

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "corpus" / "phrases"
# One case that leaves most open: a refusal before the contract on a site with a procedure, about a known topic.
TEXT = "はじめまして。ライティングの件でご連絡しました。契約前に、一度Zoomで15分ほどお話しできますでしょうか。"


@cache
def guard_rules() -> Rules:
    """Return what the guard goes by, as it is shipped."""
    prompts = ROOT / "prompts"
    return read_rules(prompts, read_prompt(prompts), read_topics(prompts))


def read_phrases(name: str) -> Any:
    """Return a file of phrases."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def is_locked(text: str) -> bool:
    """Say whether a phrase is kept for measuring alone."""
    return hashlib.sha256(text.encode("utf-8")).digest()[0] % 2 == 1


def make_shell(**words: str) -> Shell:
    """Return a shell with words in the named places."""
    return Shell(**{place: tidy(words.get(place, "")) for place in PLACES})


@dataclass(frozen=True)
class Trial:
    """A case to try words on."""

    answer: Answer
    situation: Situation

    def examine(self, **words: str) -> str:
        """Return the id of the check that refuses these words, empty when they pass."""
        return examine(make_candidate(make_shell(**words), self.answer, self.situation, guard_rules()))


def make_trial(book: Book, text: str = TEXT, **known: Any) -> Trial:
    """Return a trial on a message."""
    known = {"platform": "crowdworks", "stage": "before_contract"} | known
    answer = consult(make_message(text, as_of=AS_OF, **known), book)
    return Trial(answer, read_situation(answer, read_topics(ROOT / "prompts")))


def find_leaks(trial: Trial, name: str = "attacks") -> Iterator[tuple[str, str]]:
    """Yield every attack that passes, with its place."""
    attacks = read_phrases(name)
    for group, places in (("client", CLIENT_PLACES), ("worker", WORKER_PLACES)):
        for text in attacks.get(group, ()):
            yield from ((place, text) for place in places if not trial.examine(**{place: text}))
    for words in attacks.get("split", ()):
        if not trial.examine(**words):
            yield "split", str(words)
