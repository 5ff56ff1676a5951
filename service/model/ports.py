"""What asking a model needs from outside: the model itself, the ledger of its cost, the kept shells, the counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from service.wording.prices import Usage
from service.wording.prompt import Request
from service.wording.shell import Shell


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said, and the tokens it took. `fault` tells why there is no text: refusal, incomplete, filtered."""

    text: str
    usage: Usage
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """Money and tokens set aside for one call, until it is known what it cost."""

    user: str
    day: str  # YYYY-MM-DD
    dollars: float
    tokens: int


class Model(Protocol):
    """A model behind an API. Raises ModelUnavailable for whatever goes wrong, and nothing else."""

    @property
    def name(self) -> str: ...

    async def ask(self, request: Request, *, seconds: float, user: str) -> Said: ...

    async def close(self) -> None: ...


class Ledger(Protocol):
    """What was spent. `reserve` raises ModelUnavailable where a limit would be passed."""

    def reserve(self, user: str, *, dollars: float, tokens: int) -> Reserved: ...

    def settle(self, reserved: Reserved, *, dollars: float, tokens: int) -> None: ...


class Shells(Protocol):
    """Shells that were accepted before, by key."""

    def find(self, key: str) -> Shell | None: ...

    def keep(self, key: str, shell: Shell) -> None: ...


class Tally(Protocol):
    """Whoever counts."""

    def call(self, outcome: str, usage: Usage, dollars: float) -> None: ...

    def refused(self, check: str) -> None: ...

    def breaker(self, *, open: bool) -> None: ...


class NoShells:
    """The shells where none are kept."""

    def find(self, key: str) -> Shell | None:
        """Know no shell."""
        return None

    def keep(self, key: str, shell: Shell) -> None:
        """Keep nothing."""


class NoTally:
    """The tally where nobody counts."""

    def call(self, outcome: str, usage: Usage, dollars: float) -> None:
        """Count nothing."""

    def refused(self, check: str) -> None:
        """Count nothing."""

    def breaker(self, *, open: bool) -> None:
        """Count nothing."""
