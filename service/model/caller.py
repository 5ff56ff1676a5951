"""Caller: one question to the model within one deadline — tries, pauses, breaker, and no more calls at once than fit."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from weakref import WeakKeyDictionary

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay

from service.errors import ModelUnavailable
from service.model.breaker import Breaker
from service.model.ports import Model, Said
from service.wording.prompt import Request

AT_ONCE = 8  # calls
PATIENCE = 1.0  # seconds to wait for a free place
TRIES = 3
LEAST_TRY = 0.3  # seconds: less is not worth a try
_FIRST_WAIT, _JITTER = 0.4, 0.25  # seconds


@dataclass(slots=True)
class Caller:
    """The model with all that guards a call of it. `sleep` is passed in so that tests need not wait."""

    model: Model
    deadline: float  # seconds, tries and pauses included
    breaker: Breaker = field(default_factory=lambda: Breaker(monotonic))
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = field(default_factory=WeakKeyDictionary)

    async def ask(self, request: Request, *, user: str) -> Said:
        """Ask, again where that may help; raise ModelUnavailable once time or hope is gone."""
        try:
            said = await self._ask_in_time(request, user)
        except ModelUnavailable as error:
            self.breaker.failed(error.reason, again=error.again)
            raise
        except BaseException:  # cancelled from outside, or a fault of ours: the place of the single try is free again
            self.breaker.failed("busy")
            raise
        self.breaker.succeeded()
        return said

    async def _ask_in_time(self, request: Request, user: str) -> Said:
        end = monotonic() + self.deadline
        try:
            async with asyncio.timeout(self.deadline):
                place = await self._take_place()
                try:
                    return await self._try(request, user, end)
                finally:
                    place.release()
        except TimeoutError as error:
            raise ModelUnavailable("deadline") from error

    async def _take_place(self) -> asyncio.Semaphore:
        places = self._places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
        try:
            async with asyncio.timeout(PATIENCE):
                await places.acquire()
        except TimeoutError as error:
            raise ModelUnavailable("busy") from error
        return places

    async def _try(self, request: Request, user: str, end: float) -> Said:
        tries = AsyncRetrying(
            sleep=self.sleep,
            stop=stop_after_attempt(TRIES) | stop_before_delay(max(0.0, end - monotonic() - LEAST_TRY)),
            wait=_wait,
            retry=retry_if_exception(_may_help),
            reraise=True,
        )
        said: Said = await tries(self._once, request, user, end)
        return said

    async def _once(self, request: Request, user: str, end: float) -> Said:
        return await self.model.ask(request, seconds=max(LEAST_TRY, end - monotonic()), user=user)


def _may_help(error: BaseException) -> bool:
    return isinstance(error, ModelUnavailable) and error.again is not None


def _wait(state: RetryCallState) -> float:
    """Wait as long as the server asks, never less; else a random while that doubles with each try."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.again if isinstance(error, ModelUnavailable) and error.again else 0.0
    if asked:
        return asked + random.uniform(0, _JITTER)
    return random.uniform(0, _FIRST_WAIT * 2**state.attempt_number)
