"""`POST /api/advice`: a JSON body in, the contract's result out."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from service.adapters.days import read_day, today
from service.channels.api_schema import AdviceRequest, AdviceResult, ErrorBody
from service.channels.told import tell
from service.consultant import Consultant
from service.errors import InputError
from service.intake.message import Message, make_message
from service.rendering.result import to_result
from service.vocabulary import Platform

_logger = logging.getLogger(__name__)
_BODY = {"required": True, "content": {"application/json": {"schema": AdviceRequest.model_json_schema()}}}
_ERRORS: dict[int | str, dict[str, Any]] = {code: {"model": ErrorBody} for code in (413, 422, 500)}


def make_router(consultant: Consultant, *, platform: Platform | None) -> APIRouter:
    """Return the API's address. `platform` is assumed where neither the caller nor the text names one."""
    router = APIRouter()

    @router.post("/api/advice", response_model=AdviceResult, responses=_ERRORS, openapi_extra={"requestBody": _BODY})
    async def advise(request: Request) -> Response:
        """確かめたい文章を送ると、判定・理由・次にすること・返信文を返します。"""
        try:
            asked = _read(await request.body())
            message = _make_message(asked, platform)
            reply = await consultant.advise(message, model=asked.wording == "model")
        except InputError as error:
            return tell(422, str(error))
        except Exception as error:
            # The kind alone: the words of an error may hold the worker's text.
            _logger.error("advice_failed kind=%s", type(error).__name__)
            return tell(500, "不具合で答えられませんでした。時間をおいて、もう一度お試しください。")
        return JSONResponse(to_result(reply))

    return router


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
