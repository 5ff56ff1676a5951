"""How often one address may ask: a full burst at once, then one more whenever its time has come."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from service.channels.told import Teller

_MINUTE = 60.0
_MOST_ADDRESSES = 50_000  # remembered at a time; those whose time has passed are dropped first


class Allowance:
    """The generic cell rate algorithm: one number per address, no threads, and the exact wait."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._clock = per_minute, clock
        self._due: dict[str, float] = {}  # when the address will have its whole burst again

    def take(self, address: str) -> float:
        """Count one request; return 0, or the seconds to wait where there is none left."""
        now = self._clock()
        due = max(self._due.get(address, now), now)
        wait = due + _MINUTE / self._per_minute - now - _MINUTE
        if wait > 1e-6:
            return wait
        if len(self._due) >= _MOST_ADDRESSES and address not in self._due:
            self._forget(now)
        self._due[address] = due + _MINUTE / self._per_minute
        return 0.0

    def _forget(self, now: float) -> None:
        self._due = {address: due for address, due in self._due.items() if due > now}
        while len(self._due) >= _MOST_ADDRESSES:
            del self._due[next(iter(self._due))]


class RateLimit:
    """Answer 429 with Retry-After to an address that sends more than its share to the guarded paths."""

    def __init__(self, app: ASGIApp, *, allowance: Allowance, paths: frozenset[str], teller: Teller) -> None:
        self._app, self._allowance, self._paths, self._teller = app, allowance, paths, teller

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while the address has some left."""
        guarded = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in self._paths
        wait = self._allowance.take(name_address(scope)) if guarded else 0.0
        if not wait:
            await self._app(scope, receive, send)
            return
        response = self._teller(Request(scope), 429, seconds=ceil(wait))
        response.headers["Retry-After"] = str(ceil(wait))
        await response(scope, receive, send)


def name_address(scope: Scope) -> str:
    """Return whom a request counts for: the address, or the network of 2^64 that one IPv6 customer has."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else address.exploded[:19]
    return host
