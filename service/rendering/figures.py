"""How the measure's figures are said: names, percentages with their intervals, the order of slices."""

from __future__ import annotations

from service.evaluation.rate import Rate, Score
from service.evaluation.report import Figures

NAMES = {
    "messages": "件数",
    "verdict": "判定の正解",
    "asks": "頼みごと F1",
    "danger": "危険の発見",
    "alarms": "無害での誤警報",
    "claims": "許可の説明 F1",
}
NOTHING = "–"


def show_rate(rate: Rate) -> str:
    """Return a share with its interval and what it was counted on: 94.2 % 113/120 (88.4–97.1)."""
    if rate.value is None or rate.interval is None:
        return NOTHING
    low, high = rate.interval
    return f"{rate.value * 100:.1f} % {rate.hits}/{rate.total} ({low * 100:.1f}–{high * 100:.1f})"


def show_score(score: Score) -> str:
    """Return an F1 with its interval: 0.93 (0.90–0.95)."""
    if score.f1 is None:
        return NOTHING
    ends = score.interval
    return f"{score.f1:.3f} ({ends[0]:.3f}–{ends[1]:.3f})" if ends else f"{score.f1:.3f}"


def show_figures(figures: Figures) -> tuple[str, ...]:
    """Return a group's figures as texts, in the order of NAMES without the claims."""
    return (
        str(figures.messages),
        show_rate(figures.verdict),
        show_score(figures.asks),
        show_rate(figures.danger),
        show_rate(figures.alarms),
    )
