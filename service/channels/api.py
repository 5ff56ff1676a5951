"""`POST /api/advice`: a JSON body in, the contract's result out."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from service.adapters.days import now, read_day, today
from service.channels.api_schema import EXAMPLE, AdviceRequest, AdviceResult, ErrorBody
from service.channels.rate_limit import name_address
from service.channels.told import tell
from service.consultant import Consultant
from service.consultation import Book, consult
from service.errors import InputError
from service.guard.reply import admit_template
from service.intake.message import Message, make_message
from service.observing import Occasion
from service.rendering.result import to_result
from service.vocabulary import Platform

_logger = logging.getLogger(__name__)
_BODY = {"required": True, "content": {"application/json": {"schema": AdviceRequest.model_json_schema()}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    413: {"model": ErrorBody, "description": "本文が1MBを超えています。"},
    422: {"model": ErrorBody, "description": "本文を読み取れません。何が問題かを message が伝えます。"},
    429: {"model": ErrorBody, "description": "回数が多すぎます。Retry-After が、待つ秒数を示します。"},
    500: {"model": ErrorBody, "description": "こちらの不具合です。"},
}


def make_router(consultant: Consultant, *, platform: Platform | None) -> APIRouter:
    """Return the API's address. `platform` is assumed where neither the caller nor the text names one."""
    router = APIRouter()
    answered = {
        "description": "判定と返信文",
        "content": {"application/json": {"example": _answer_example(consultant.book)}},
    }
    responses = {200: answered} | _ERRORS

    @router.post("/api/advice", response_model=AdviceResult, responses=responses, openapi_extra={"requestBody": _BODY})
    async def advise(request: Request) -> Response:
        """確かめたい文章を送ると、判定・理由・次にすること・返信文を返します。"""
        started = time.monotonic()
        try:
            asked = _read(await request.body())
            message = _make_message(asked, platform)
            reply = await consultant.advise(message, model=asked.wording == "model", user=name_address(request.scope))
        except InputError as error:
            return tell(422, str(error))
        except Exception as error:
            # The kind alone: the words of an error may hold the worker's text.
            _logger.error("advice_failed kind=%s", type(error).__name__)
            return tell(500, "不具合で答えられませんでした。時間をおいて、もう一度お試しください。")
        occasion = Occasion(secrets.token_urlsafe(9), now(), "api", time.monotonic() - started)
        await consultant.observe(message, reply, occasion)
        return JSONResponse(to_result(reply))

    return router


def _answer_example(book: Book) -> dict[str, object]:
    """Return what the example of the documentation is answered with, by the rules of the day."""
    asked = {name: value for name, value in EXAMPLE.items() if name != "text"}
    message = make_message(EXAMPLE["text"], as_of=today(), **asked)
    return to_result(admit_template(consult(message, book)))


def _read(body: bytes) -> AdviceRequest:
    try:
        asked = AdviceRequest.model_validate_json(body)
    except ValidationError as error:
        raise InputError(_explain(error)) from error
    if asked.wording not in (None, "template", "model"):
        raise InputError("「wording」に使える値: template · model")
    return asked


def _make_message(asked: AdviceRequest, platform: Platform | None) -> Message:
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
