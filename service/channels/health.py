"""Health and figures: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

from collections.abc import Callable

import anyio.to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from service.adapters.metrics import write_metrics
from service.channels.api_schema import ErrorBody
from service.channels.told import tell


def make_router(is_ready: Callable[[], bool]) -> APIRouter:
    """Return the health pages; `is_ready` tells whether the store can be reached."""
    router = APIRouter()

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        """動いているかを返します。"""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"model": ErrorBody}})
    async def ready() -> Response:
        """答えられる状態かを返します。"""
        if not await anyio.to_thread.run_sync(is_ready):
            return tell(503, "保存先につながりません。")
        return JSONResponse({"status": "ready"})

    @router.get("/metrics")
    async def metrics() -> Response:
        """Prometheusの形で数を返します。"""
        return Response(write_metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router
