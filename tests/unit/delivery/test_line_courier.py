"""The courier: never twice, never lost, and what each outcome leads to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import anyio
import pytest
from sqlalchemy import Engine

from service.adapters.clock import now_ms
from service.adapters.database import open_sqlite
from service.adapters.engine.scribe import Scribe
from service.adapters.line.erasure import Eraser
from service.adapters.line.inbox import Arrival, Inbox
from service.adapters.line.tables import create_tables
from service.adapters.vault import Vault
from service.delivery.line_client import Json, Outcome
from service.delivery.line_courier import Courier
from tests.fakes.at_once import at_once

T = TypeVar("T")
HELLO: list[Json] = [{"type": "text", "text": "hello"}]
PLAIN: list[Json] = [{"type": "text", "text": "sorry"}]


@dataclass
class Script:
    """A sender whose outcomes are written down beforehand."""

    outcomes: list[Outcome]
    calls: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    async def reply(self, token: str, messages: list[Json]) -> Outcome:
        """Take the next outcome."""
        self.calls.append(f"reply {token}" + ("" if messages == HELLO else " plain"))
        return self.outcomes.pop(0)

    async def push(self, to: str, messages: list[Json], *, retry_key: str) -> Outcome:
        """Take the next outcome."""
        self.calls.append(f"push {to}")
        self.keys.add(retry_key)
        return self.outcomes.pop(0)

    async def leave(self, kind: str, chat: str) -> Outcome:
        """Take the next outcome."""
        self.calls.append(f"leave {kind} {chat}")
        return self.outcomes.pop(0)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty store."""
    engine = open_sqlite(tmp_path / "kotowari.db")
    create_tables(engine)
    yield engine
    engine.dispose()


def run(engine: Engine, script: Script, work: Callable[[Courier], Awaitable[T]]) -> T:
    """Let a courier work on the store."""
    scribe = Scribe(engine, "test-store")

    async def working() -> T:
        return await work(Courier(Inbox(engine, Vault(b"key")), script, scribe))

    try:
        return anyio.run(working)
    finally:
        scribe.stop()


def deliver(
    engine: Engine, *outcomes: Outcome, tried: str = "", age: int = 0, fresh: str = ""
) -> tuple[bool, list[str], str]:
    """Deliver an event; return whether it arrived, the calls, and what is written down of the last try."""
    inbox, script = Inbox(engine, Vault(b"key")), Script(list(outcomes))
    received = now_ms() - age * 1000
    says = {"token": "first", "chat": "U1"}
    arrival = Arrival("E1", "ann", "m1", "text", received, received, says, token="first")
    with engine.begin() as connection:
        inbox.take(connection, arrival)
        if fresh:
            again = Arrival("E1", "ann", "m1", "text", received, now_ms(), says, token=fresh, redelivered=True)
            inbox.take(connection, again)
    if tried:
        at_once(engine, inbox.mark, "E1", tried)
    waiting = at_once(engine, inbox.find, "E1")
    assert waiting is not None
    arrived = run(engine, script, lambda courier: courier.deliver(waiting, HELLO, plain=PLAIN))
    after = at_once(engine, inbox.find, "E1")
    assert after is not None and script.outcomes == [] and len(script.keys) <= 1
    return arrived, script.calls, after.tried


@pytest.mark.parametrize(
    ("outcomes", "calls"),
    [
        (["delivered"], ["reply first"]),
        (["unknown", "bad_token"], ["reply first"] * 2),  # it had arrived
        (["unknown", "busy", "delivered"], ["reply first"] * 3),
        (["busy", "bad_token", "delivered"], ["reply first"] * 2 + ["push U1"]),  # it certainly had not
        (["bad_token", "unknown", "duplicate"], ["reply first", "push U1", "push U1"]),
        (["refused", "delivered"], ["reply first", "reply first plain"]),
    ],
)
def test_each_outcome_leads_on(engine: Engine, outcomes: list[Outcome], calls: list[str]) -> None:
    assert deliver(engine, *outcomes)[:2] == (True, calls)


def test_after_a_crash_a_used_token_means_that_it_arrived(engine: Engine) -> None:
    assert deliver(engine, "bad_token", tried="first")[:2] == (True, ["reply first"])


def test_when_the_minute_is_over_and_the_outcome_unknown_one_push_goes_out(engine: Engine) -> None:
    assert deliver(engine, "delivered", tried="first", age=70)[:2] == (True, ["push U1"])


def test_a_push_begun_before_a_crash_goes_on_as_a_push(engine: Engine) -> None:
    assert deliver(engine, "duplicate", tried="push")[:2] == (True, ["push U1"])


def test_an_old_token_never_tried_is_tried_once_for_it_is_free(engine: Engine) -> None:
    assert deliver(engine, "bad_token", "delivered", age=300)[:2] == (True, ["reply first", "push U1"])


def test_the_token_of_a_redelivery_is_used(engine: Engine) -> None:
    assert deliver(engine, "delivered", age=300, fresh="second")[:2] == (True, ["reply second"])


def test_the_same_token_redelivered_is_one_way_that_lives_longer(engine: Engine) -> None:
    assert deliver(engine, "unknown", "bad_token", age=300, fresh="first")[:2] == (True, ["reply first"] * 2)


def test_a_months_limit_is_the_end(engine: Engine) -> None:
    assert deliver(engine, "bad_token", "quota")[0] is False


def test_every_try_is_written_down_before_it_is_made(engine: Engine) -> None:
    assert deliver(engine, "delivered")[2] == "first"


def test_what_certainly_did_not_arrive_is_not_held_to_have_been_tried(engine: Engine) -> None:
    assert deliver(engine, "bad_token", "quota")[2] == ""


def test_what_is_taken_back_between_two_tries_is_not_sent_again(engine: Engine) -> None:
    inbox, script = Inbox(engine, Vault(b"key")), Script(["unknown"])
    with engine.begin() as connection:
        inbox.take(connection, Arrival("E1", "ann", "m1", "text", 5, now_ms(), {"token": "first"}, token="first"))
    waiting = at_once(engine, inbox.find, "E1")
    assert waiting is not None
    Eraser(engine).erase_message("m1")
    run(engine, script, lambda courier: courier.deliver(waiting, HELLO, plain=PLAIN))
    assert script.calls == ["reply first"]


def test_a_group_is_left_even_where_line_stumbles(engine: Engine) -> None:
    script = Script(["unknown", "delivered"])
    run(engine, script, lambda courier: courier.leave("group", "C1"))
    assert script.calls == ["leave group C1"] * 2
