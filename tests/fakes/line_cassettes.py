"""Recordings of LINE's own client talking with the stand-in: how they are made, cleaned and played.

Anew, after the client or the stand-in has changed: `uv run python -m tests.fakes.line_cassettes`.
"""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import Any

import vcr
import yaml
from vcr.request import Request

from tests.fakes.line_account import Account
from tests.fakes.line_sdk import SCENARIOS, prepare, with_sdk
from tests.fakes.line_server import running

FOLDER = Path(__file__).parent.parent / "cassettes" / "line"
ORIGIN = "Recorded from tests/fakes/line_platform.py, a stand-in of LINE; no line of it comes from LINE's servers."
KEPT = {"content-type", "x-line-request-id", "x-line-accepted-request-id"}
SECRET = "a-channel-token-that-no-cassette-may-hold"


class _WithOrigin:
    """YAML that says first where it comes from."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """Write a cassette."""
        return yaml.safe_dump({"origin": ORIGIN, **cassette}, sort_keys=False, allow_unicode=True, width=120)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """Read a cassette; one of unknown origin is none."""
        cassette: dict[str, Any] = yaml.safe_load(text)
        if cassette.pop("origin", None) != ORIGIN:
            raise ValueError("a cassette must say where it was recorded")
        return cassette


def recorder(mode: str) -> vcr.VCR:
    """Return the recorder; `none` plays and lets nothing new through, `all` records."""
    made = vcr.VCR(
        record_mode=vcr.mode(mode),
        serializer="origin",
        match_on=("method", "scheme", "host", "path", "query", "body"),
        filter_headers=[("authorization", "Bearer filtered"), ("user-agent", None), ("x-line-request-id", None)],
        before_record_request=_as_if_to_line,
        before_record_response=_without_chance,
    )
    made.register_serializer("origin", _WithOrigin)
    return made


def record(name: str, target: Path) -> None:
    """Record one scenario from a fresh stand-in."""
    account = Account(clock=lambda: 1_795_700_000.0, channel_token=SECRET)
    target.unlink(missing_ok=True)
    with running(account) as line:
        prepare(name, line)
        with recorder("all").use_cassette(str(target)):
            with_sdk(SCENARIOS[name], SECRET, line.url)


def _as_if_to_line(request: Request) -> Request:
    """Write LINE's own addresses where the stand-in's was, so that it is played to an unchanged client."""
    parts = urllib.parse.urlsplit(request.uri)
    host = "api-data.line.me" if parts.path.endswith("/content") else "api.line.me"
    request.uri = urllib.parse.urlunsplit(("https", host, parts.path, parts.query, ""))
    return request


def _without_chance(response: dict[str, Any]) -> dict[str, Any]:
    """Keep what LINE would send and no run changes."""
    kept = {name: value for name, value in response["headers"].items() if name.lower() in KEPT}
    ids = {name: ["00000000-0000-4000-8000-000000000000"] for name in kept if name.lower() != "content-type"}
    return {**response, "headers": kept | ids}


if __name__ == "__main__":
    for scenario in SCENARIOS:
        record(scenario, FOLDER / f"{scenario}.yaml")
