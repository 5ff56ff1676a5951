"""Gate: who may see the desk. One token opens it; a session keeps it open for a while; every form is sealed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from service.adapters.operator_sessions import OperatorSessions

SESSION_SECONDS = 8 * 3600  # a working day
ATTEMPTS_PER_MINUTE = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """The token and the sessions it opened. A visitor is a random word in a cookie, inside or not yet.

    What is stored and what stands in forms is keyed with the token: another token ends every session.
    """

    token: str = field(repr=False)
    sessions: OperatorSessions
    clock: Callable[[], float]

    def admits(self, token: str) -> bool:
        """Whether a token is the right one, in a time that tells nothing about it."""
        return hmac.compare_digest(_digest(token), _digest(self.token))

    def enter(self) -> str:
        """Open a session and return its visitor: always a new one, so that nobody can lay one out beforehand."""
        visitor, now = make_visitor(), self.clock()
        self.sessions.open(self._key("session", visitor), now=now, until=now + SESSION_SECONDS)
        return visitor

    def is_inside(self, visitor: str) -> bool:
        """Whether a visitor has an open session."""
        return bool(visitor) and self.sessions.holds(self._key("session", visitor), now=self.clock())

    def leave(self, visitor: str) -> None:
        """End a visitor's session."""
        self.sessions.close(self._key("session", visitor))

    def seal_form(self, visitor: str) -> str:
        """Return what a form of this visitor must carry."""
        return self._key("form", visitor)

    def knows_form(self, visitor: str, seal: str) -> bool:
        """Whether a form was made for this visitor."""
        return bool(visitor) and hmac.compare_digest(self.seal_form(visitor).encode(), seal.encode("utf-8", "replace"))

    def _key(self, purpose: str, visitor: str) -> str:
        words = f"{purpose}\x1f{visitor}".encode("utf-8", "replace")
        return hmac.new(b"kotowari/operator\x1f" + _digest(self.token), words, hashlib.sha256).hexdigest()


def make_visitor() -> str:
    """Return a word that nobody can guess."""
    return secrets.token_urlsafe(32)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
