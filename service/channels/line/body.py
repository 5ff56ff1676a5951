"""A webhook's body: JSON with a list of events, not nested beyond reason."""

from __future__ import annotations

import json
from typing import Any, NoReturn

_DEEPEST = 64  # levels; LINE's own bodies have about eight


class BadBody(ValueError):
    """The body is no webhook of LINE's."""


def read_body(body: bytes) -> list[Any]:
    """Return the events as they stand in the body; raise BadBody where there is no list of them."""
    try:
        parsed = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadBody("not JSON") from error
    if not isinstance(parsed, dict) or not isinstance(parsed.get("events"), list):
        raise BadBody("no list of events")
    _check_depth(parsed)
    events: list[Any] = parsed["events"]
    return events


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _check_depth(parsed: Any) -> None:
    level = [parsed]
    for _ in range(_DEEPEST):
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise BadBody("nested too deep")
