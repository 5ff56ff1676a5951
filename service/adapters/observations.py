"""Keep observations in the service's database: written by a thread of its own, so that no answer waits for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby
from queue import Empty, Full, Queue
from threading import Event, Thread

from sqlalchemy import Engine

from service.adapters.metrics import OBSERVATIONS_LOST, RATINGS, count_answer
from service.adapters.observation_rows import Change, forget, insert, prepare, rate, scrub, sweep
from service.observation import Observation

_logger = logging.getLogger(__name__)
_LONGEST_QUEUE = 5_000
_LARGEST_BATCH = 200
_LINGER = 0.2  # seconds in which further answers join a batch: a transaction and a waking thread cost more than a row
_SWEEP_EVERY = 3600.0
_PATIENCE = 10.0  # seconds to wait for the writer where somebody needs its answer
_PAUSES = (0.2, 1.0)  # before a batch is tried again


@dataclass(frozen=True, slots=True)
class _Job:
    change: Change
    answer: Future[bool] = field(default_factory=Future)


class StoredObserver:
    """An observer on a database. `record` never waits and never fails; `close` writes what is still queued."""

    def __init__(self, engine: Engine, *, retention_days: int, clock: Callable[[], float] = time.time) -> None:
        self._engine, self._retention, self._clock = engine, retention_days, clock
        self._queue: Queue[_Job | Observation | None] = Queue(_LONGEST_QUEUE)
        self._closing = Event()
        self._prepared = self._unclean = False
        self._next_sweep = 0.0
        self._thread = Thread(target=self._run, name="observations", daemon=True)
        self._thread.start()

    def record(self, observation: Observation) -> None:
        """Count an answer and queue its row; one that is told again, because it was rated wrong, is not counted again."""
        if observation.unclear != "rated_wrong":
            count_answer(observation)
        try:
            self._queue.put_nowait(observation)
        except Full:
            OBSERVATIONS_LOST.inc()

    def rate(self, id: str, *, useful: bool) -> bool:
        """Keep what a reader thought of an answer; False where it is not known. Waits: call it from a thread."""
        try:
            known = self._ask(lambda connection: rate(connection, id, useful=useful))
        except Exception as error:
            _logger.error("rating_failed kind=%s", type(error).__name__)
            return False
        if known:
            RATINGS.labels("yes" if useful else "no").inc()
        return known

    def forget(self, *, id: str = "", owner: str = "") -> None:
        """Delete all that is known of an answer or of a user; raises where that was not possible.

        Then the files are rid of it: at once, or by the writer as soon as nobody else is reading them.
        """
        self._ask(lambda connection: forget(connection, id=id, owner=owner))
        self._scrub()

    def flush(self) -> None:
        """Wait until everything queued so far is written."""
        self._ask(lambda _connection: True)

    def close(self) -> None:
        """Write what is queued and stop."""
        if not self._closing.is_set():
            self._closing.set()
            self._queue.put(None)
            self._thread.join(_PATIENCE)

    def _scrub(self) -> None:
        try:
            self._unclean = not scrub(self._engine)
        except Exception as error:
            self._unclean = True
            _logger.error("scrub_failed kind=%s", type(error).__name__)

    def _ask(self, change: Change) -> bool:
        job = _Job(change)
        self._queue.put(job, timeout=_PATIENCE)
        return job.answer.result(_PATIENCE)

    def _run(self) -> None:
        stopped = False
        while not stopped:
            self._sweep_when_due()
            batch, stopped = self._collect()
            if batch:
                self._write(batch)
            if self._unclean:
                self._scrub()

    def _collect(self) -> tuple[list[_Job | Observation], bool]:
        """Return what waits, in its order, and whether the end has come."""
        batch: list[_Job | Observation] = []
        wait = 1.0 if self._unclean else max(self._next_sweep - self._clock(), 1.0)
        while len(batch) < _LARGEST_BATCH:
            try:
                told = self._queue.get_nowait() if batch else self._queue.get(timeout=min(wait, _SWEEP_EVERY))
            except Empty:
                break
            if told is None:
                return batch, True
            if not batch and isinstance(told, Observation):  # nobody waits for it
                self._closing.wait(_LINGER)
            batch.append(told)
        return batch, False

    def _write(self, batch: Sequence[_Job | Observation]) -> None:
        for pause in (*_PAUSES, None):
            try:
                answers = self._try(batch)
            except Exception as error:
                _logger.error("observations_failed kind=%s", type(error).__name__)
                if pause is not None and not self._closing.wait(pause):
                    continue
                OBSERVATIONS_LOST.inc(len(batch))
                for told in batch:
                    if isinstance(told, _Job):
                        told.answer.set_exception(error)
                return
            for job, answer in answers:
                job.answer.set_result(answer)
            return

    def _try(self, batch: Sequence[_Job | Observation]) -> list[tuple[_Job, bool]]:
        if not self._prepared:
            prepare(self._engine)
            self._prepared = True
        answers: list[tuple[_Job, bool]] = []
        with self._engine.begin() as connection:
            for _, group in groupby(batch, type):
                same = list(group)
                insert(connection, [each for each in same if isinstance(each, Observation)])
                answers += [(each, each.change(connection)) for each in same if isinstance(each, _Job)]
        return answers

    def _sweep_when_due(self) -> None:
        now = self._clock()
        if now < self._next_sweep:
            return
        self._next_sweep = now + _SWEEP_EVERY
        try:
            prepare(self._engine)
            self._prepared = True
            sweep(self._engine, now, keep_days=self._retention)
            self._scrub()
        except Exception as error:
            _logger.error("sweep_failed kind=%s", type(error).__name__)
