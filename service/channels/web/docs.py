"""`/docs`: the API with real examples, on a page of our own; `/openapi.json` is the same for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.channels.web.pages import Pages
from service.rendering.web.api_doc import describe_calls


def make_router(pages: Pages, openapi: Callable[[], dict[str, Any]], rate_limit: int) -> APIRouter:
    """Return the address of the documentation; `openapi` gives the definition of all routes."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    async def show(request: Request) -> Response:
        address = str(request.base_url).rstrip("/")
        return pages.render(request, "docs.html", calls=describe_calls(openapi()), address=address, limit=rate_limit)

    return router
