"""LINE on a bad day: what goes wrong with which call, scripted one by one or by chance."""

from __future__ import annotations

import random
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

Kind = Literal["server_error", "reset", "wait", "rate_limit", "monthly_limit", "token_used"]
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and whether LINE had accepted the call when it did; `seconds` is for `wait` alone."""

    kind: Kind
    when: When = "before"
    seconds: float = 10.0


class Faults:
    """The faults to come, by operation (`reply`, `push`, `loading`, or any operationId); safe between threads."""

    def __init__(self, seed: int = 1) -> None:
        self._script: dict[tuple[str, str], deque[Fault | None]] = defaultdict(deque)
        self._chances: dict[str, list[tuple[float, Fault]]] = defaultdict(list)
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def script(self, operation: str, *faults: Fault | None, chat: str = "") -> None:
        """Let the next calls of an operation go wrong one after the other; None is a call that goes well.

        With a chat: the next calls for it alone, whatever the others do meanwhile.
        """
        with self._lock:
            self._script[operation, chat].extend(faults)

    def chance(self, operation: str, probability: float, fault: Fault) -> None:
        """Let each call of an operation go wrong with a probability, once its script is used up."""
        with self._lock:
            self._chances[operation].append((probability, fault))

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._script.clear()
            self._chances.clear()

    def draw(self, operation: str, chat: str = "") -> Fault | None:
        """Return what happens to this call."""
        with self._lock:
            for key in ((operation, chat), (operation, "")):
                if self._script.get(key):
                    return self._script[key].popleft()
            for probability, fault in self._chances[operation]:
                if self._random.random() < probability:
                    return fault
            return None
