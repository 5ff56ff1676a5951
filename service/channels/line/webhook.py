"""`POST /line/webhook`: genuine events are kept, then acknowledged; the work happens elsewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.channels.line.body import BadBody, read_body
from service.channels.line.events import LineEvent, read_event
from service.channels.line.signature import is_genuine
from service.channels.told import tell

_LOG = logging.getLogger("kotowari.line")
_PATIENCE = 1.7  # seconds; LINE waits two

Accept = Callable[[Sequence[LineEvent]], Awaitable[None]]


def make_router(secret: str, missing: Sequence[str], accept: Accept) -> APIRouter:
    """Return the webhook. `missing` names the settings without which it cannot work; `accept` keeps events."""
    router = APIRouter()

    async def webhook(request: Request) -> Response:
        if missing:
            return tell(503, f"LINEの設定が足りません: {' · '.join(missing)}")
        body = await request.body()
        if not is_genuine(body, request.headers.get("x-line-signature", ""), secret):
            _LOG.warning("line.webhook.refused reason=signature")
            return tell(401, "署名が正しくありません。")
        try:
            events = [read_event(raw) for raw in read_body(body)]
        except BadBody as error:
            _LOG.warning("line.webhook.refused reason=%s", str(error).replace(" ", "_"))
            return tell(400, "本文を読み取れません。")
        return await _keep(events, accept)

    # A plain route: nothing of it is validated or described, and FastAPI's own ones cost twice the time.
    router.add_route("/line/webhook", webhook, methods=["POST"])
    return router


async def _keep(events: Sequence[LineEvent], accept: Accept) -> Response:
    try:
        async with asyncio.timeout(_PATIENCE):
            await accept(events)
    except Exception as error:  # LINE comes again; what was kept after all is known by its id
        _LOG.error("line.webhook.not_kept reason=%s", type(error).__name__)
        return tell(503, "いまは受け取れません。")
    return Response(status_code=200)
