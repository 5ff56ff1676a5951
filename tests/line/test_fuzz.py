"""Signed bodies nobody thought of, made from LINE's description: valid ones get 200, broken ones 200 or 400."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.conftest import ROOT
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service

EXAMPLES = int(os.environ.get("KOTOWARI_FUZZ", "60"))
CALLBACK = schemathesis.openapi.from_path(ROOT / "tests" / "spec" / "webhook.strict.yml")["/callback"]["POST"]
CALM = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
VALID = CALLBACK.as_strategy(generation_mode=GenerationMode.POSITIVE)
BROKEN = CALLBACK.as_strategy(generation_mode=GenerationMode.NEGATIVE)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(autouse=True)
def _lives_on(service: Service) -> Any:
    """Hold that the service still answers when the test is over."""
    yield
    assert service.is_running and service.post().status == 200
    assert "Traceback" not in service.log_text()


def written(body: Any) -> bytes:
    """Write a body as LINE would: bytes go out as they are."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def test_what_lines_description_allows_is_taken(service: Service, line: RunningLine) -> None:
    @CALM
    @given(VALID)
    def holds(case: Any) -> None:
        assert service.post(body=written(case.body)).status == 200

    holds()


def test_what_it_does_not_allow_is_taken_or_refused(service: Service, line: RunningLine) -> None:
    @CALM
    @given(BROKEN)
    def holds(case: Any) -> None:
        assert service.post(body=written(case.body)).status in (200, 400, 413)

    holds()


def test_any_json_is_taken_or_refused(service: Service, line: RunningLine) -> None:
    @CALM
    @given(JSON)
    def holds(body: Any) -> None:
        assert service.post(body=written(body)).status in (200, 400)

    holds()


def test_any_entry_of_events_is_taken(service: Service, line: RunningLine) -> None:
    @CALM
    @given(st.lists(JSON, max_size=5))
    def holds(events: list[Any]) -> None:
        assert service.post(*events).status == 200

    holds()


def test_any_bytes_are_taken_or_refused(service: Service, line: RunningLine) -> None:
    @CALM
    @given(st.binary(max_size=300))
    def holds(body: bytes) -> None:
        assert service.post(body=body).status == 400

    holds()
