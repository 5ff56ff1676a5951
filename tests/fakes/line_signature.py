"""Webhook bodies as LINE posts them: written, signed, with the headers that go along."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

BOT = "U" + "b0" * 16


def sign(body: bytes, secret: str) -> str:
    """Return `x-line-signature` of a body."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def webhook_body(*events: Any, destination: str = BOT) -> bytes:
    """Write events as one webhook body; half of a surrogate pair goes out as JSON's own escape."""
    text = json.dumps({"destination": destination, "events": events}, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")


def signed_headers(body: bytes, secret: str) -> dict[str, str]:
    """Return the headers LINE sends with a body."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "LineBotWebhook/2.0",
        "X-Line-Signature": sign(body, secret),
    }
