"""What a caller over HTTP is told when there is no answer: JSON for programs; browsers get a page by the same call."""

from __future__ import annotations

from typing import Protocol

from fastapi import Request
from fastapi.responses import JSONResponse, Response

_TOLD = {
    404: "このアドレスはありません。",
    405: "この方法では呼び出せません。",
    413: "送られた本文が大きすぎます。1MBまでにしてください。",
    429: "短い時間に受け付けられる回数を超えました。{seconds}秒ほどたってから、もう一度お試しください。",
    500: "不具合で答えられませんでした。時間をおいて、もう一度お試しください。",
}
_OTHERWISE = "この呼び出しには答えられません。"


class Teller(Protocol):
    """Whoever words a refusal for the caller at hand."""

    def __call__(self, request: Request, status: int, *, seconds: int = 0) -> Response: ...


def tell(status: int, text: str) -> JSONResponse:
    """Return an error body with one clear sentence."""
    return JSONResponse({"error": {"message": text}}, status)


def tell_in_json(request: Request, status: int, *, seconds: int = 0) -> Response:
    """Return the refusal of a status as JSON."""
    return tell(status, _TOLD.get(status, _OTHERWISE).format(seconds=seconds))
