"""Whether a webhook's body comes from LINE: its signature over the raw bytes."""

from __future__ import annotations

import base64
import hashlib
import hmac


def is_genuine(body: bytes, signature: str, secret: str) -> bool:
    """Compare in constant time; an empty secret proves nothing."""
    if not secret:
        return False
    right = base64.b64encode(hmac.digest(secret.encode("utf-8"), body, hashlib.sha256))
    return hmac.compare_digest(right, signature.encode("latin-1", "replace"))
