"""Report: what judged messages add up to — over all, by slice, by kind of ask, with every miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.evaluation.judge import Judged
from service.evaluation.rate import Rate, Score
from service.vocabulary import ASK_KINDS


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of a group of messages."""

    messages: int
    verdict: Rate
    asks: Score
    danger: Rate  # dangerous messages judged dangerous
    alarms: Rate  # harmless messages judged anything but ok
    claims: Score  # over the messages whose claims were labelled


@dataclass(frozen=True, slots=True)
class Report:
    """The whole measure. `problems` are the entries that could not be used, as told to the user."""

    edition: str
    as_of: date
    total: Figures
    confusion: Mapping[tuple[str, str], int]  # (labelled, judged)
    kinds: tuple[tuple[str, Score], ...]
    slices: tuple[tuple[str, Figures], ...]
    missed: tuple[Judged, ...]
    problems: tuple[str, ...] = ()
    seconds: float | None = None


def make_report(judged: Sequence[Judged], *, edition: str, as_of: date, problems: Sequence[str] = ()) -> Report:
    """Count everything there is to count."""
    by_slice: dict[str, list[Judged]] = {}
    for each in judged:
        for name in each.slices:
            by_slice.setdefault(name, []).append(each)
    return Report(
        edition=edition,
        as_of=as_of,
        total=count(judged),
        confusion=Counter((each.case.verdict, each.verdict) for each in judged),
        kinds=tuple((kind, score) for kind in ASK_KINDS if (score := _score_kind(judged, kind)) != Score()),
        slices=tuple((name, count(by_slice[name])) for name in sorted(by_slice)),
        missed=tuple(each for each in judged if not each.is_right),
        problems=tuple(problems),
    )


def count(judged: Sequence[Judged]) -> Figures:
    """Return the figures of a group of messages."""
    dangers = [each for each in judged if each.case.verdict == "danger"]
    harmless = [each for each in judged if each.case.verdict == "ok"]
    claimed = [each for each in judged if each.case.claims is not None]
    return Figures(
        messages=len(judged),
        verdict=Rate(sum(each.verdict == each.case.verdict for each in judged), len(judged)),
        asks=_add(_compare(each.asks, each.case.asks) for each in judged),
        danger=Rate(sum(each.verdict == "danger" for each in dangers), len(dangers)),
        alarms=Rate(sum(each.verdict != "ok" for each in harmless), len(harmless)),
        claims=_add(_compare(each.claims, each.case.claims or frozenset()) for each in claimed),
    )


def _compare(got: frozenset[str], want: frozenset[str]) -> Score:
    return Score(len(got & want), len(got - want), len(want - got))


def _score_kind(judged: Sequence[Judged], kind: str) -> Score:
    only = frozenset((kind,))
    return _add(_compare(each.asks & only, each.case.asks & only) for each in judged)


def _add(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())
