"""The inbox: each event once, nothing that was taken back, turns that sort in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from service.adapters.line.cases import Case, Cases
from service.adapters.line.erasure import Eraser
from service.adapters.line.inbox import Answered, Arrival, Inbox, Ticket
from service.adapters.vault import Vault
from tests.fakes.at_once import at_once

EVENT = Arrival(
    event="E1", owner="ann", message="m1", kind="text", at=5_000, received=6_000, says={"text": "Zoomで"}, token="t1"
)
UNSEND = Arrival(event="E9", owner="ann", message="", kind="unsend", at=5_001, received=6_001, says={}, erases="m1")
DAY = 86_400_000


def take(inbox: Inbox, engine: Engine, arrival: Arrival) -> Ticket | None:
    """Keep an event in a transaction of its own."""
    with engine.begin() as connection:
        return inbox.take(connection, arrival)


def test_an_event_is_kept_once(inbox: Inbox, engine: Engine) -> None:
    assert take(inbox, engine, EVENT) is not None
    assert take(inbox, engine, EVENT) is None
    waiting = at_once(engine, inbox.find, "E1")
    assert waiting is not None and waiting.says == {"text": "Zoomで"}


def test_turns_sort_by_time_then_by_arrival(inbox: Inbox, engine: Engine) -> None:
    arrivals = [replace(EVENT, event=name, message=name) for name in ("Z", "A", "M")]
    late = replace(EVENT, event="B", message="b", at=4_999)
    tickets = [take(inbox, engine, each) for each in (*arrivals, late)]
    assert [ticket.event for ticket in sorted(filter(None, tickets), key=lambda one: one.id)] == ["B", "Z", "A", "M"]


def test_a_redelivery_brings_its_token_to_an_event_that_waits(inbox: Inbox, engine: Engine) -> None:
    take(inbox, engine, EVENT)
    assert take(inbox, engine, replace(EVENT, token="t2", redelivered=True, received=9_000)) is None
    waiting = at_once(engine, inbox.find, "E1")
    assert waiting is not None and (waiting.fresh, waiting.fresh_at) == ("t2", 9_000)


@pytest.mark.parametrize(("state", "again"), [("failed", True), ("done", False)])
def test_a_redelivery_revives_what_failed_and_nothing_else(
    inbox: Inbox, engine: Engine, state: str, again: bool
) -> None:
    take(inbox, engine, EVENT)
    waiting = at_once(engine, inbox.find, "E1")
    assert waiting is not None
    assert at_once(engine, inbox.finish, "E1") if state == "done" else at_once(engine, inbox.fail, waiting)
    assert (take(inbox, engine, replace(EVENT, redelivered=True)) is not None) == again
    assert (at_once(engine, inbox.find, "E1") is not None) == again


def test_what_was_redelivered_at_the_last_moment_is_not_put_aside(inbox: Inbox, engine: Engine) -> None:
    take(inbox, engine, EVENT)
    waiting = at_once(engine, inbox.find, "E1")
    take(inbox, engine, replace(EVENT, token="t2", redelivered=True, received=9_000))
    assert waiting is not None and not at_once(engine, inbox.fail, waiting)
    assert at_once(engine, inbox.find, "E1") is not None


def test_what_is_taken_back_is_not_taken_in_later(inbox: Inbox, engine: Engine) -> None:
    take(inbox, engine, UNSEND)
    assert take(inbox, engine, EVENT) is None


def test_who_leaves_is_not_read_for_what_they_said_before(inbox: Inbox, engine: Engine) -> None:
    take(inbox, engine, replace(UNSEND, kind="unfollow", erases="ann", at=5_500))
    assert take(inbox, engine, EVENT) is None
    assert take(inbox, engine, replace(EVENT, event="E2", message="m2", at=5_501)) is not None


def test_taking_back_does_not_wait_behind_an_answer(inbox: Inbox, engine: Engine) -> None:
    queues = {ticket.queue for each in (EVENT, UNSEND) if (ticket := take(inbox, engine, each))}
    assert queues == {"ann", "ann:erase"}


def test_an_answer_to_something_taken_back_is_not_put_out(inbox: Inbox, engine: Engine) -> None:
    take(inbox, engine, EVENT)
    take(inbox, engine, replace(EVENT, event="E2", message="m2"))
    Eraser(engine).erase_message("m2")
    with engine.begin() as connection:
        assert not inbox.put_out(connection, Answered("E1", [{"type": "text"}], parts=["E2"]))


def test_erasing_a_part_erases_the_case_made_of_the_whole(inbox: Inbox, engine: Engine, vault: Vault) -> None:
    cases = Cases(engine, vault)
    take(inbox, engine, EVENT)
    take(inbox, engine, replace(EVENT, event="E2", message="m2"))
    with engine.begin() as connection:
        assert inbox.put_out(connection, Answered("E1", [{"type": "text"}], parts=["E2"]))
        cases.keep(connection, Case("key", "Zoomで\n話を"), event="E1", owner="ann", now=7_000)
    assert Eraser(engine).erase_message("m2") == ["E1"]
    assert at_once(engine, cases.find, "key", "ann") is None


def test_a_case_is_its_owners_alone_and_the_latest_come_first(engine: Engine, vault: Vault) -> None:
    cases = Cases(engine, vault)
    with engine.begin() as connection:
        for number in range(25):
            cases.keep(connection, Case(f"k{number}", "text"), event=f"E{number}", owner="ann", now=number)
    assert at_once(engine, cases.find, "k24", "bob") is None and at_once(engine, cases.find, "k24", "ann") is not None
    assert [case.key for case in at_once(engine, cases.recall, "ann").cases] == [
        f"k{number}" for number in range(24, 4, -1)
    ]


def test_who_comes_back_at_once_is_answered(inbox: Inbox, engine: Engine) -> None:
    """The turn that forgets comes a moment later than what it forgets."""
    for each in (
        EVENT,
        replace(UNSEND, kind="unfollow", erases="ann"),
        replace(EVENT, event="E2", message="m2", at=6_000),
    ):
        take(inbox, engine, each)
    Eraser(engine).erase_owner("ann", by="E9")
    assert [waiting.event for waiting in at_once(engine, inbox.list_waiting, "ann")] == ["E9", "E2"]


def test_a_case_that_is_gone_is_not_changed_back_into_being(engine: Engine, vault: Vault) -> None:
    cases = Cases(engine, vault)
    with engine.begin() as connection:
        assert not cases.change(connection, Case("key", "Zoomで"))
    assert at_once(engine, cases.find, "key", "ann") is None


def test_what_has_grown_old_is_deleted_and_the_rest_is_not(inbox: Inbox, engine: Engine, vault: Vault) -> None:
    cases, eraser = Cases(engine, vault), Eraser(engine)
    take(inbox, engine, EVENT)
    with engine.begin() as connection:
        cases.keep(connection, Case("key", "Zoomで"), event="E1", owner="ann", now=6_000)
    eraser.sweep(6_000 + 30 * DAY, days=30)
    assert at_once(engine, cases.find, "key", "ann") is not None
    eraser.sweep(6_001 + 30 * DAY, days=30)
    assert at_once(engine, cases.find, "key", "ann") is None and at_once(engine, inbox.find, "E1") is None
