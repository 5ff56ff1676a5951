"""The web application: every channel on one address, made of the parts it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from service.channels import api, health
from service.channels.http_guard import BodyLimit, SecurityHeaders
from service.channels.told import tell
from service.wiring.parts import Parts

_SUMMARY = "届いたメッセージに応じてよいかを確かめ、返信文をお答えします。"
_TOLD = {404: "このアドレスはありません。", 405: "この方法では呼び出せません。"}


def create_app(parts: Parts) -> FastAPI:
    """Return the application; the parts are closed when it stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await parts.close()

    app = FastAPI(title="Kotowari", summary=_SUMMARY, lifespan=lifespan, redoc_url=None)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)  # added last, so outermost: a refusal carries the headers too
    app.add_exception_handler(HTTPException, _tell_http)
    app.include_router(api.make_router(parts.consultant, platform=parts.settings.platform))
    app.include_router(health.make_router(parts.is_ready))
    return app


async def _tell_http(request: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    response = tell(status, _TOLD.get(status, "この呼び出しには答えられません。"))
    response.headers.update(headers or {})
    return response
