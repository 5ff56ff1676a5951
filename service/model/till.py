"""Till: buy a model's answer — priced, reserved, asked for, settled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

import anyio.to_thread

from service.errors import ModelUnavailable
from service.model.caller import Caller
from service.model.ports import Ledger, NoTally, Reserved, Tally
from service.wording.prices import Price, PriceTable, Usage
from service.wording.prompt import Request

_logger = logging.getLogger(__name__)
_UNSENT = ("connect", "busy", "unauthorized")  # nothing can have been charged
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Bought:
    """What a call brought: the model's text and its cost. `fault` tells why there is no text."""

    text: str
    cost: float = 0.0
    fault: str = ""


@dataclass(slots=True)
class Till:
    """The only way to the model that costs money."""

    caller: Caller
    prices: PriceTable
    ledger: Ledger
    today: Callable[[], date]
    tally: Tally = field(default_factory=NoTally)
    _aside: set[asyncio.Task[None]] = field(default_factory=set)

    async def buy(self, request: Request, *, user: str, later: Callable[[Bought], None]) -> Bought:
        """Return what the model says; raise ModelUnavailable where it may not or cannot be asked.

        Where an unreachable API is tried again, nobody waits: what it says then goes to `later`.
        """
        price = self.prices.find(self.caller.model.name, self.today())
        if price is None:
            raise ModelUnavailable("unknown_price")
        if self.caller.breaker.holds:
            raise ModelUnavailable("breaker")
        most = Usage(request.most_tokens - request.prompt.max_output_tokens, request.prompt.max_output_tokens)
        reserved = await in_thread(partial(self.ledger.reserve, user, dollars=price.cost(most), tokens=most.total))
        way = self.caller.breaker.way()
        if way == "aside":
            self._spawn(self._try_aside(request, user, reserved, price, later))
        elif way != "hold":
            return await self._ask(request, user, reserved, price)
        else:
            await self._release(reserved)
        raise ModelUnavailable("breaker")

    async def close(self) -> None:
        """Stop what is still under way and let go of the connections."""
        for task in self._aside:
            task.cancel()
        await self.caller.model.close()

    def _spawn(self, work: object) -> None:
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _try_aside(
        self, request: Request, user: str, reserved: Reserved, price: Price, later: Callable[[Bought], None]
    ) -> None:
        try:
            later(await self._ask(request, user, reserved, price))
        except Exception as error:  # nobody waits for it, nobody else would see it
            _logger.info("model_probe_failed kind=%s", type(error).__name__)

    async def _ask(self, request: Request, user: str, reserved: Reserved, price: Price) -> Bought:
        try:
            said = await self.caller.ask(request, user=user)
        except ModelUnavailable as error:
            self.tally.call(error.reason, Usage(), 0.0)
            if error.reason in _UNSENT:
                await self._release(reserved)
            raise  # otherwise the reservation stays: the call may have been charged
        finally:
            self.tally.breaker(open=self.caller.breaker.is_open)
        cost = price.cost(said.usage)
        self.tally.call(said.fault or "answered", said.usage, cost)
        await in_thread(partial(self.ledger.settle, reserved, dollars=cost, tokens=said.usage.total))
        return Bought(said.text, cost, said.fault)

    async def _release(self, reserved: Reserved) -> None:
        await in_thread(partial(self.ledger.settle, reserved, dollars=0.0, tokens=0))


async def in_thread(work: Callable[[], _T]) -> _T:
    """Run what may block in a thread; a cancelled caller does not wait for it."""
    return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
