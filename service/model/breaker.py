"""Breaker: after failures the model is left alone for a while, so that nobody waits for what will not come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Way = Literal["go", "single", "aside", "hold"]

FAILURES = 5  # in a row, until the model is left alone
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds, doubled with each failed try
LOCKED_PAUSE = 600.0  # the longest one where the key or the quota is at fault
_LOCKED = ("unauthorized", "quota")
_DOWN = ("connect",)
_HARMLESS = ("bad_request", "busy", "html", "malformed")  # the server is there: another call may well succeed


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row. `now` is a monotonic clock.

    `way()` says how a call may go: as usual (`go`), not at all (`hold`), or — the pause being over — once (`single`),
    and where the API could not even be reached, beside the answer instead of before it (`aside`).
    """

    now: Callable[[], float]
    _failures: int = 0
    _pause: float = 0.0
    _until: float = 0.0
    _down: bool = False
    _probing: bool = False

    @property
    def is_open(self) -> bool:
        """Whether calls are held back, or only a first one is let through."""
        return self._pause > 0

    @property
    def holds(self) -> bool:
        """Whether the next call may not go."""
        return self.is_open and (self._probing or self.now() < self._until)

    def way(self) -> Way:
        """Return how the next call may go; a single one is given to one caller alone, who must tell how it went."""
        if not self.is_open:
            return "go"
        if self.holds:
            return "hold"
        self._probing = True
        return "aside" if self._down else "single"

    def succeeded(self) -> None:
        """Close: the model answers."""
        self._failures, self._pause, self._down, self._probing = 0, 0.0, False, False

    def failed(self, reason: str, *, again: float | None = None) -> None:
        """Count a failure; open at once where the API cannot be reached or lets nobody in."""
        if reason in _HARMLESS:
            self._probing = False
            return
        self._failures += 1
        self._probing = False
        if self.is_open or reason in _LOCKED + _DOWN or self._failures >= FAILURES:
            longest = LOCKED_PAUSE if reason in _LOCKED else LONGEST_PAUSE
            self._pause = min(longest, max(FIRST_PAUSE, self._pause * 2))
            self._until = self.now() + max(self._pause, min(again or 0.0, longest))
            self._down = reason in _DOWN
