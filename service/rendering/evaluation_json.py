"""The measure as JSON."""

from __future__ import annotations

from dataclasses import asdict

from service.evaluation.judge import Judged
from service.evaluation.rate import Rate, Score
from service.evaluation.report import Figures, Report


def to_json_report(report: Report) -> dict[str, object]:
    """Return the whole report; shares are numbers from 0 to 1, absent where nothing was counted."""
    confusion: dict[str, dict[str, int]] = {}
    for (want, got), number in sorted(report.confusion.items()):
        confusion.setdefault(want, {})[got] = number
    return {
        "edition": report.edition,
        "as_of": report.as_of.isoformat(),
        "seconds": report.seconds,
        "total": _figures(report.total),
        "confusion": confusion,
        "asks": {kind: _score(score) for kind, score in report.kinds},
        "slices": {name: _figures(figures) for name, figures in report.slices},
        "missed": [_missed(each) for each in report.missed],
        "problems": list(report.problems),
    }


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "messages": figures.messages,
        "verdict": _rate(figures.verdict),
        "asks": _score(figures.asks),
        "danger_recall": _rate(figures.danger),
        "false_alarms": _rate(figures.alarms),
        "claims": _score(figures.claims),
    }


def _rate(rate: Rate) -> dict[str, object]:
    return {"value": rate.value, "interval": rate.interval, "hits": rate.hits, "total": rate.total}


def _score(score: Score) -> dict[str, object]:
    return {
        "f1": score.f1,
        "interval": score.interval,
        "precision": _rate(score.precision),
        "recall": _rate(score.recall),
    }


def _missed(each: Judged) -> dict[str, object]:
    case = each.case
    return {
        "id": case.id,
        "place": case.place,
        "text": case.text,
        "note": case.note,
        "labelled": {"verdict": case.verdict, "asks": sorted(case.asks), "claims": sorted(case.claims or ())},
        "judged": {"verdict": each.verdict, "asks": sorted(each.asks), "claims": sorted(each.claims)},
        "slices": list(each.slices),
        "trace": asdict(each.trace) if each.trace else None,
    }
