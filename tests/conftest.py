"""What every test stands on: no network beyond this machine, the whole book read once, one Hypothesis profile."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from service.consultation import Book

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "testserver")

# In CI the same examples every time: a red run is then a red change, never a new guess.
settings.register_profile("ci", derandomize=True, max_examples=200, deadline=None, database=None)
settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def _stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection that leaves this machine; looking a name up counts as leaving."""
    if _live or event not in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        return
    host = _host(event, arguments)
    if host is not None and not host.startswith(LOOPBACK):
        raise RuntimeError(f"a test tried to reach {host}: pass a stand-in, or mark the test `live`")


def _host(event: str, arguments: tuple[Any, ...]) -> str | None:
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    if event != "socket.getaddrinfo":
        address = address[0] if isinstance(address, tuple) else None  # a path: a socket on this machine
    return address.decode() if isinstance(address, bytes) else address


_live: list[str] = []  # the name of the live test that is running, if any
sys.addaudithook(_stay_at_home)


@pytest.fixture(autouse=True)
def _let_live_tests_out(request: pytest.FixtureRequest) -> Any:
    if request.node.get_closest_marker("live"):
        _live.append(request.node.name)
    yield
    _live.clear()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def book() -> Book:
    """Return the whole book as it is shipped: rules, lexicon and drafts, read once."""
    from service.wiring.book import load_book

    return load_book(ROOT / "rules", ROOT / "prompts")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material beside the project; skip where it does not lie there."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared material at {SHARED}: this check runs only where it lies beside the project")
    return SHARED
