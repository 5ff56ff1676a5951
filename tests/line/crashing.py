"""Kill a service with events in flight, start it again on the same data, and count as LINE counts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.line_events import Events, user_id
from tests.fakes.line_server import RunningLine
from tests.fakes.service_process import Service

ZOOM = "契約前ですが、Zoomで面接をお願いします。"


@dataclass(frozen=True, slots=True)
class Crash:
    """What a crash cost. Times in seconds from the second start."""

    acknowledged: int
    answered_before: int
    lost: int
    doubled: int
    ready_after: float
    first_after: float
    all_after: float

    def __str__(self) -> str:
        """Write the figures as one line."""
        return (
            f"acknowledged {self.acknowledged} · answered before the kill {self.answered_before} · lost {self.lost} · "
            f"twice {self.doubled} · ready after {self.ready_after:.1f} s · first answer {self.first_after:.1f} s · "
            f"all answered {self.all_after:.1f} s"
        )


def crash(line: RunningLine, folder: Path, events: int, answered: int) -> Crash:
    """Post so many events of as many users, kill -9 once so many were answered, restart, wait for the rest."""
    service = Service(line, folder)
    service.start()
    make, users = Events(line.account), [user_id(0x9000_0000 + number) for number in range(events)]
    try:
        statuses = service.post_each([make.text(ZOOM, user) for user in users], threads=16)
        known = [user for user, status in zip(users, statuses, strict=True) if status == 200]
        line.ledger.wait_for(answered, 20)
        service.kill()
        before = sum(bool(line.ledger.to(user)) for user in known)
        return _recover(service, line, known, before)
    finally:
        service.stop()


def _recover(service: Service, line: RunningLine, known: list[str], before: int) -> Crash:
    began, clock = time.monotonic(), line.account.clock()
    ready = service.start()
    line.ledger.wait(lambda ledger: all_of(ledger.per_receiver(), known), 60)
    after = time.monotonic() - began
    time.sleep(3)  # what would be sent twice comes soon after
    counts = line.ledger.per_receiver()
    first = min((each.at - clock for each in line.ledger.deliveries if each.at > clock), default=0.0)
    lost, doubled = sum(counts[user] == 0 for user in known), sum(counts[user] > 1 for user in known)
    return Crash(len(known), before, lost, doubled, ready, first, after)


def all_of(counts: Any, users: list[str]) -> bool:
    """Return whether every user was answered."""
    return all(counts[user] for user in users)
