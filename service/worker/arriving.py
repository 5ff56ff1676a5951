"""Arriving: which of LINE's events are kept, under which keyed names; the rest is counted and let go."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict

from service.adapters.line.inbox import Arrival
from service.adapters.metrics import LINE_EVENTS
from service.adapters.vault import Vault
from service.channels.line.events import LineEvent

_LOG = logging.getLogger("kotowari.line")
_FORGETTING = ("unfollow", "leave")  # the user, or the group, is gone
_IN_GROUPS = ("join", "postback")  # answered there too; of the messages, those that mention us


def list_arrivals(events: Iterable[LineEvent], vault: Vault, *, now: int) -> list[Arrival]:
    """Return what is to be kept, in the order in which it came."""
    arrivals = []
    for event in events:
        outcome = _sort(event)
        LINE_EVENTS.labels(event.kind, outcome).inc()
        if outcome == "kept":
            arrivals.append(_arrive(event, vault, now))
        elif outcome == "unknown":
            _LOG.warning("line.event.%s type=%s", event.kind, event.name)
    return arrivals


def _sort(event: LineEvent) -> str:
    if event.kind in ("bad", "unknown"):
        return "unknown"
    if event.kind in (*_FORGETTING, "unsend"):
        return "kept" if event.chat or event.message else "ignored"
    if event.kind == "ignored" or event.standby or not event.token:
        return "ignored"
    if event.chat_kind in ("group", "room") and event.kind not in _IN_GROUPS and not event.mentioned:
        return "ignored"
    return "kept"


def name_owner(event: LineEvent, vault: Vault) -> str:
    """Return the keyed name of whoever the event belongs to: a user, or a group as a whole."""
    if event.chat:
        return vault.name("user" if event.chat_kind == "user" else "chat", event.chat)
    return vault.name("nobody", event.id)


def _arrive(event: LineEvent, vault: Vault, now: int) -> Arrival:
    owner = name_owner(event, vault)
    message = vault.name("message", event.message) if event.message else ""
    erases = message if event.kind == "unsend" else owner if event.kind in _FORGETTING else ""
    return Arrival(
        event=event.id,
        owner=owner,
        message="" if erases else message,
        kind=event.kind,
        at=event.at or now,
        received=now,
        says=asdict(event) | {"erases": erases},
        token=event.token,
        redelivered=event.redelivered,
        erases=erases,
    )
