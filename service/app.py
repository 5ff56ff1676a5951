"""The web application: the API and its health pages. Rules are loaded once; the rule work runs in threads."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from service.adapters.days import read_day, today
from service.channels.api_schema import AdviceRequest, AdviceResult, ErrorBody
from service.channels.http_guard import BodyLimit, SecurityHeaders
from service.consultation import Book, consult
from service.errors import InputError
from service.intake.message import Message, make_message
from service.rendering.result import to_result
from service.settings import read_settings
from service.vocabulary import Platform

_logger = logging.getLogger(__name__)
_SUMMARY = "届いたメッセージに応じてよいかを確かめ、返信文をお答えします。"
_TOLD = {404: "このアドレスはありません。", 405: "この方法では呼び出せません。"}
_BODY = {"required": True, "content": {"application/json": {"schema": AdviceRequest.model_json_schema()}}}
_ERRORS: dict[int | str, dict[str, Any]] = {code: {"model": ErrorBody} for code in (413, 422, 500)}


def create_app(book: Book | None = None) -> FastAPI:
    """Return the application; without a book the rules are loaded when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if app.state.book is None:
            from service.wiring import load_book

            app.state.book = await anyio.to_thread.run_sync(load_book)
        yield

    app = FastAPI(title="Kotowari", summary=_SUMMARY, lifespan=lifespan, redoc_url=None)
    app.state.book, app.state.platform = book, read_settings(os.environ).platform
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)  # added last, so outermost: a refusal carries the headers too
    app.add_exception_handler(HTTPException, _tell_http)
    extra = {"requestBody": _BODY}
    app.post("/api/advice", response_model=AdviceResult, responses=_ERRORS, openapi_extra=extra)(advise)
    app.get("/healthz")(alive)
    app.get("/readyz", responses={503: {"model": ErrorBody}})(ready)
    return app


async def advise(request: Request) -> Response:
    """確かめたい文章を送ると、判定・理由・次にすること・返信文を返します。"""
    try:
        message = _read(await request.body(), request.app.state.platform)
        answer = await anyio.to_thread.run_sync(consult, message, request.app.state.book)
    except InputError as error:
        return _tell(422, str(error))
    except Exception as error:
        # The kind alone: the words of an error may hold the worker's text.
        _logger.error("advice_failed kind=%s", type(error).__name__)
        return _tell(500, "不具合で答えられませんでした。時間をおいて、もう一度お試しください。")
    return JSONResponse(to_result(answer))


async def alive() -> dict[str, str]:
    """動いているかを返します。"""
    return {"status": "ok"}


async def ready(request: Request) -> Response:
    """答えられる状態かを返します。"""
    if request.app.state.book is None:
        return _tell(503, "ルールを読み込んでいます。")
    return JSONResponse({"status": "ready"})


def _read(body: bytes, platform: Platform | None) -> Message:
    try:
        asked = AdviceRequest.model_validate_json(body)
    except ValidationError as error:
        raise InputError(_explain(error)) from error
    if asked.wording not in (None, "template", "model"):
        raise InputError("「wording」に使える値: template · model")
    return make_message(
        asked.text,
        as_of=read_day(asked.as_of) if asked.as_of is not None else today(),
        platform=asked.platform if asked.platform is not None else platform,
        stage=asked.stage,
        register=asked.tone or "polite",
    )


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = "".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f"「{name}」がありません。"
    if not name:
        return '本文をJSONとして読み取れません。{"text": "…"} の形で、UTF-8で送ってください。'
    return f"「{name}」を文字として読み取れません。"


def _tell(status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": {"message": text}}, status)


async def _tell_http(request: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    response = _tell(status, _TOLD.get(status, "この呼び出しには答えられません。"))
    response.headers.update(headers or {})
    return response
