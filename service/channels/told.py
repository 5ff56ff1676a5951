"""What a caller over HTTP is told when there is no answer."""

from __future__ import annotations

from fastapi.responses import JSONResponse


def tell(status: int, text: str) -> JSONResponse:
    """Return an error body with one clear sentence."""
    return JSONResponse({"error": {"message": text}}, status)
