"""How often one address may ask."""

from __future__ import annotations

from service.channels import rate_limit
from service.channels.rate_limit import Allowance, name_address


class Clock:
    """A clock that the test winds."""

    now = 1000.0

    def __call__(self) -> float:
        """Return the time it shows."""
        return self.now


def test_a_burst_is_let_through_and_the_next_must_wait_its_turn() -> None:
    clock = Clock()
    allowance = Allowance(3, clock)
    assert [allowance.take("a") for _ in range(3)] == [0, 0, 0]
    assert round(allowance.take("a")) == 20
    clock.now += 20.001
    assert allowance.take("a") == 0 and allowance.take("a") > 0


def test_asking_too_often_costs_no_more_than_waiting() -> None:
    clock = Clock()
    allowance = Allowance(1, clock)
    assert [allowance.take("a") > 0 for _ in range(5)] == [False, True, True, True, True]
    clock.now += 60.001
    assert allowance.take("a") == 0


def test_addresses_do_not_share() -> None:
    allowance = Allowance(1, Clock())
    assert allowance.take("a") == allowance.take("b") == 0


def test_memory_has_a_bound() -> None:
    clock = Clock()
    allowance = Allowance(1, clock)
    for number in range(rate_limit._MOST_ADDRESSES + 10):
        allowance.take(str(number))
    assert len(allowance._due) <= rate_limit._MOST_ADDRESSES


def test_an_ipv6_customer_counts_once() -> None:
    one, other, far = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    names = [name_address({"client": (host, 1)}) for host in (one, other, far)]
    assert names[0] == names[1] != names[2]
    assert name_address({"client": ("::ffff:203.0.113.7", 1)}) == name_address({"client": ("203.0.113.7", 1)})
    assert name_address({"client": None}) == ""
