"""The web application: every channel on one address, made of the parts it is given."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from service.adapters.files import prompts_folder
from service.adapters.line_texts import read_talk
from service.adapters.web_texts import read_web_texts
from service.channels import api, health
from service.channels.faults import FaultShield
from service.channels.http_guard import BodyLimit, PublicGzip, SecurityHeaders
from service.channels.line import webhook
from service.channels.line.events import LineEvent
from service.channels.rate_limit import Allowance, RateLimit
from service.channels.told import Teller
from service.channels.web import docs
from service.channels.web.assets import Assets
from service.channels.web.chat import Chat
from service.channels.web.consulting import Counter, Sent
from service.channels.web.pages import Pages
from service.channels.web.problems import make_teller
from service.settings import Settings
from service.wiring.desk import open_desk
from service.wiring.parts import Parts
from service.worker.line_service import LineService

_SUMMARY = "届いたメッセージに応じてよいかを確かめ、返信文をお答えします。"
_GUARDED = frozenset({"/", "/chat", "/feedback", "/api/advice"})  # what costs work; LINE's own calls are not among them


def create_app(parts: Parts) -> FastAPI:
    """Return the application; the parts are closed when it stops."""
    settings = parts.settings
    line = LineService(settings, parts.consultant) if settings.line_ready else None

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            if line:
                await line.start()
            # What is loaded by now stays: looking through it all for garbage again and again holds every answer up.
            gc.collect()
            gc.freeze()
            yield
        finally:
            if line:
                await line.stop()
            await parts.close()

    assets = Assets()
    pages = Pages(read_web_texts(prompts_folder(settings.prompts_dir)), assets)
    app = FastAPI(title="Kotowari", summary=_SUMMARY, lifespan=lifespan, docs_url=None, redoc_url=None)
    _guard(app, settings, make_teller(pages))
    app.include_router(api.make_router(parts.consultant, platform=settings.platform))
    app.include_router(_make_webhook(settings, line))
    app.include_router(health.make_router(parts.is_ready))
    app.include_router(assets.make_router())
    app.include_router(_make_chat(parts, pages).make_router())
    app.include_router(docs.make_router(pages, app.openapi, settings.rate_limit))
    app.include_router(open_desk(parts, pages))
    return app


def _make_webhook(settings: Settings, line: LineService | None) -> APIRouter:
    accept = line.accept if line else _accept_nothing
    return webhook.make_router(settings.line_channel_secret, settings.line_missing, accept)


async def _accept_nothing(_events: Sequence[LineEvent]) -> None:
    raise RuntimeError("LINE is not configured")


def _make_chat(parts: Parts, pages: Pages) -> Chat:
    settings = parts.settings
    sent: Sent = settings.model_context if settings.model_ready else "nothing"
    counter = Counter(parts.consultant, settings.platform)
    talk = read_talk(prompts_folder(settings.prompts_dir))
    return Chat(counter, pages, talk, sent=sent, days=settings.retention_days)


def _guard(app: FastAPI, settings: Settings, teller: Teller) -> None:
    """Put the guards around the routes; the one added last stands outermost."""

    async def tell_http(request: Request, error: Exception) -> Response:
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
        response = teller(request, status)
        response.headers.update(headers or {})
        return response

    app.add_exception_handler(HTTPException, tell_http)
    app.add_middleware(BodyLimit, teller=teller)
    if settings.rate_limit:
        app.add_middleware(RateLimit, allowance=Allowance(settings.rate_limit), paths=_GUARDED, teller=teller)
    app.add_middleware(FaultShield, teller=teller, debug=settings.debug)
    app.add_middleware(PublicGzip, private="/operator")
    app.add_middleware(SecurityHeaders)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
