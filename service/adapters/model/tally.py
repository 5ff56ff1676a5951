"""MetricsTally: count the model's calls, tokens, dollars and the guard's refusals for /metrics."""

from __future__ import annotations

from service.adapters.metrics import (
    GUARD_REFUSALS,
    MODEL_BREAKER,
    MODEL_CALLS,
    MODEL_DOLLARS,
    MODEL_SPENT,
    MODEL_TOKENS,
)
from service.adapters.model.ledger import DatabaseLedger
from service.wording.prices import Usage


class MetricsTally:
    """The tally that /metrics shows; what all workers spent together is read from the ledger when it is asked for."""

    def __init__(self, ledger: DatabaseLedger) -> None:
        for period in ("day", "month"):
            MODEL_SPENT.labels(period).set_function(lambda period=period: ledger.spent()[period])  # type: ignore[misc]

    def call(self, outcome: str, usage: Usage, dollars: float) -> None:
        """Count a call by its outcome, with what it took."""
        MODEL_CALLS.labels(outcome).inc()
        for kind, tokens in (("input", usage.input), ("cached", usage.cached), ("output", usage.output)):
            MODEL_TOKENS.labels(kind).inc(tokens)
        MODEL_DOLLARS.inc(dollars)

    def refused(self, check: str) -> None:
        """Count a wording that the guard refused, by the check it failed."""
        GUARD_REFUSALS.labels(check).inc()

    def breaker(self, *, open: bool) -> None:
        """Show whether the model is left alone."""
        MODEL_BREAKER.set(int(open))
