"""Processes: the same work on many pieces, spread over the machine's cores, the results in the order of the pieces."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from service.adapters.collector import collect_rarely

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def spread(work: Callable[[Piece], Result], pieces: Sequence[Piece], *, fewest: int = 2) -> Iterator[Result]:
    """Yield the result of each piece, in order. Few pieces are worked on here: a process takes a while to start."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, len(pieces))
    if workers < 2 or len(pieces) < fewest:
        yield from map(work, pieces)
        return
    # Spawned, not forked: a fork beside the progress bar's thread may hang.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), collect_rarely) as pool:
        try:
            yield from pool.map(work, pieces)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
