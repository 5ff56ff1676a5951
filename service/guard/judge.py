"""Judge wordings by the rubric: every draft of a reply to the client, gates and points, as a report to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.drafting.library import DraftLibrary
from service.drafting.rubric import Report, rate_draft
from service.drafting.write import name_slots
from service.guard.reply import Reply
from service.wording.situation import speaks


@dataclass(frozen=True, slots=True)
class Rated:
    """The recommended draft of one case, rated. `refused` is the guard's check that kept the model's words out."""

    case: str
    wording: str
    report: Report | None  # none: there is no draft to the client in Japanese
    refused: str = ""


def rate_reply(case: str, reply: Reply, text: str, library: DraftLibrary) -> Rated:
    """Rate the recommended draft of a reply."""
    draft = next(iter(reply.drafts), None)
    refused = reply.reason if reply.wording == "template" else ""
    if draft is None:
        return Rated(case, reply.wording, None, refused)
    advice = reply.advice
    language = "ja" if draft.kind == "report" else speaks(reply)
    slots = name_slots(advice, library, language)
    report = rate_draft(draft, asks=advice.asks, slots=slots, language=language, client_text=text)
    return Rated(case, draft.wording, report, refused)


def show_rated(rated: Iterable[Rated]) -> str:
    """Return the table: case, wording, points of fifteen, and the checks that do not hold."""
    rows = list(rated)
    lines = [f"{'状況':<18}{'文面':<10}{'点':>4}  満たさない項目"]
    for row in rows:
        if row.report is None:
            lines.append(f"{row.case:<18}{row.wording:<10}{'-':>4}  （依頼者への返信文なし）")
            continue
        failed = " ".join((*row.report.failed, *([row.refused] if row.refused else [])))
        sign = "" if row.report.passed else "✗ "
        lines.append(f"{row.case:<18}{row.wording:<10}{row.report.points:>4}  {sign}{failed}")
    judged = [row.report for row in rows if row.report]
    passed = sum(report.passed for report in judged)
    average = sum(report.points for report in judged) / len(judged) if judged else 0.0
    lines.append(f"合格 {passed} / {len(judged)}、平均 {average:.1f} 点")
    return "\n".join(lines) + "\n"


def all_passed(rated: Iterable[Rated]) -> bool:
    """Say whether every draft keeps the gates and reaches twelve points, with no words refused."""
    return all((row.report is None or row.report.passed) and not row.refused for row in rated)
