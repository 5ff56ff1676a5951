"""Requests and answers of LINE's API as plain values, with LINE's own sentences for what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.line_spec import Operation, Problem

SHORT_NAMES = {"replyMessage": "reply", "pushMessage": "push", "showLoadingAnimation": "loading"}
INVALID_TOKEN = "Invalid reply token"
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
MONTHLY_LIMIT = "You have reached your monthly limit."
NOT_AUTHENTICATED = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request: the operation it asks for and what it brings."""

    operation: Operation
    blanks: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes
    body: Any = None
    id: str = ""
    port: int = 0

    @property
    def name(self) -> str:
        """Return the operation's short name."""
        return SHORT_NAMES.get(self.operation.id, self.operation.id)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON, or `raw` bytes of a content type."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    problems: tuple[Problem, ...] = ()  # not sent: what the record shows as the client's mistake

    @property
    def message(self) -> str:
        """Return LINE's sentence, if it is an error."""
        return str(self.body.get("message", "")) if isinstance(self.body, dict) and self.status >= 400 else ""


def refuse(status: int, message: str, *problems: Problem, **more: Any) -> Answer:
    """Return an error as LINE words it; `problems` mark it as a mistake no sound client makes."""
    return Answer(status, {"message": message, **more}, problems=problems)


def invalid(problems: list[Problem]) -> Answer:
    """Return the 400 of a body that breaks the description or a limit."""
    details = [{"message": each.message, "property": each.property} for each in problems]
    message = f"The request body has {len(problems)} error(s)"
    return Answer(400, {"message": message, "details": details}, problems=tuple(problems))
