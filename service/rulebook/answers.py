"""Answers: what to do when it has already happened, and replies to the worker's own questions, with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.fact import Facts
from service.vocabulary import Platform, Verdict


@dataclass(frozen=True, slots=True)
class Advised:
    """What is said about a signal. Without `platforms` it holds on every site."""

    signal: str
    title: str
    text: str
    steps: tuple[str, ...]
    help: tuple[str, ...]
    sources: tuple[str, ...]
    platforms: tuple[Platform, ...] = ()
    verdict: Verdict = "ok"  # a past deed needs a check, a question by itself does not


def choose_answers(rows: Sequence[Advised], facts: Facts, platform: Platform) -> tuple[Advised, ...]:
    """Return the first row that fits the site, for each signal the text shows."""
    shown = {signal.kind for signal in facts.signals}
    chosen: dict[str, Advised] = {}
    for row in rows:
        if row.signal in shown and (not row.platforms or platform in row.platforms):
            chosen.setdefault(row.signal, row)
    return tuple(chosen.values())
