"""Turn whatever the SDK raises into ModelUnavailable with a reason word; what may be tried again says when."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from service.errors import ModelUnavailable

_EMPTY_PURSE = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated")


def explain(error: Exception) -> ModelUnavailable:
    """Return the failure as the service knows it."""
    import httpx2
    import openai

    if isinstance(error, ModelUnavailable):
        return error
    if isinstance(error, openai.APIConnectionError):  # APITimeoutError is one
        unreached = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
        word = "timeout" if isinstance(error, openai.APITimeoutError) else "connection"
        return ModelUnavailable("connect") if unreached else ModelUnavailable(word, again=0.0)
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error)
    if isinstance(error, openai.APIResponseValidationError | ValueError):  # a broken body: JSON's and pydantic's errors
        return ModelUnavailable("malformed")
    if isinstance(error, openai.OpenAIError):
        return ModelUnavailable("not_configured")
    return ModelUnavailable("fault")


def _explain_status(error: Any) -> ModelUnavailable:
    status, headers = error.status_code, error.response.headers
    if status in (401, 403):
        return ModelUnavailable("unauthorized")
    if status == 429 and (error.code in _EMPTY_PURSE or error.type in _EMPTY_PURSE):
        return ModelUnavailable("quota")
    if status not in (408, 409, 429) and status < 500:
        return ModelUnavailable("bad_request")
    word = "rate_limit" if status == 429 else "server"
    if headers.get("x-should-retry") == "false":
        return ModelUnavailable(word)
    return ModelUnavailable(word, again=_read_pause(headers))


def _read_pause(headers: Any) -> float:
    """Return the seconds that the server asks to wait, 0 where it asks nothing."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        asked = headers.get("retry-after", "0")
        if asked.replace(".", "", 1).isdigit():
            return float(asked)
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time())
    except ValueError:
        return 0.0
