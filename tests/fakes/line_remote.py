"""The stand-in's own addresses, for a test or a bench that runs in another process than the stand-in."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.fakes.line_answers import Answer, refuse
from tests.fakes.line_faults import Fault

if TYPE_CHECKING:
    from tests.fakes.line_platform import LinePlatform

REMOTE = "/_standin/"


def remote_answer(platform: LinePlatform, path: str, raw: bytes) -> Answer:
    """Answer `tokens`, `faults`, `record`, `times` or `forget`.

    `tokens`: {"tokens": [[chat, token], …]} makes them known, or lets them live a minute more.
    `faults`: {"operation", "script": [fault or null, …]} · {"operation", "chance", "fault"} · {"clear": true}.
    """
    body = json.loads(raw) if raw else {}
    match path.removeprefix(REMOTE):
        case "tokens":
            for chat, token in body["tokens"]:
                platform.account.issue(chat, token)
        case "faults":
            _set_faults(platform, body)
        case "record":
            return Answer(200, _record(platform))
        case "times":  # small enough to fetch after a long run
            return Answer(
                200, [[each.token or each.retry_key, each.at, each.to] for each in platform.ledger.deliveries]
            )
        case "forget":
            platform.ledger.forget()
        case _:
            return refuse(404, "Not found")
    return Answer()


def _set_faults(platform: LinePlatform, body: dict[str, Any]) -> None:
    if body.get("clear"):
        platform.faults.clear()
    if "script" in body:
        platform.faults.script(body["operation"], *(Fault(**each) if each else None for each in body["script"]))
    if "chance" in body:
        platform.faults.chance(body["operation"], body["chance"], Fault(**body["fault"]))


def _record(platform: LinePlatform) -> dict[str, Any]:
    ledger = platform.ledger
    return {
        "deliveries": [asdict(each) for each in ledger.deliveries],
        "calls": Counter(f"{call.operation} {call.status}" for call in ledger.calls),
        "violations": [asdict(each) for each in ledger.violations],
    }
