"""The breaker: when calls are held back, how they come back, and who may try first."""

from __future__ import annotations

from service.model.breaker import FAILURES, FIRST_PAUSE, LONGEST_PAUSE, Breaker


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def make(reason: str = "", times: int = 1) -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(times if reason else 0):
        breaker.failed(reason)
    return breaker, clock


def test_a_few_failures_are_no_reason_to_hold_back() -> None:
    assert make("server", FAILURES - 1)[0].way() == "go"
    assert make("server", FAILURES)[0].way() == "hold"


def test_an_api_out_of_reach_and_a_wrong_key_hold_back_at_once() -> None:
    assert {make(reason)[0].way() for reason in ("connect", "unauthorized", "quota")} == {"hold"}


def test_what_the_server_answered_wrongly_does_not_count() -> None:
    breaker, _ = make("bad_request", 20)
    assert breaker.way() == "go"


def test_after_the_pause_one_caller_tries_alone() -> None:
    breaker, clock = make("server", FAILURES)
    clock.now = FIRST_PAUSE
    assert [breaker.way(), breaker.way()] == ["single", "hold"]
    breaker.succeeded()
    assert breaker.way() == "go"


def test_an_api_out_of_reach_is_tried_beside_the_answer() -> None:
    breaker, clock = make("connect")
    clock.now = FIRST_PAUSE
    assert breaker.way() == "aside"


def test_pauses_double_up_to_a_limit() -> None:
    breaker, clock = make("server", FAILURES)
    pauses = []
    for _ in range(6):
        start = clock.now
        while breaker.way() == "hold":
            clock.now += 1.0
        pauses.append(clock.now - start)
        breaker.failed("server")
    assert pauses == [2.0, 4.0, 8.0, 16.0, 32.0, LONGEST_PAUSE]


def test_a_try_that_was_broken_off_frees_its_place() -> None:
    breaker, clock = make("server", FAILURES)
    clock.now = FIRST_PAUSE
    breaker.way()
    breaker.failed("busy")
    assert breaker.way() == "single"
