"""Names: a user's id as a keyed hash, the same each time and no way back without the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable

from service.adapters.database import make_data_folder
from service.settings import Settings

KEY_FILE = "secret.key"
_LENGTH = 32  # characters of hexadecimal


def make_namer(settings: Settings) -> Callable[[str], str]:
    """Return the function that names a user: keyed by the secret key, or by the key file of the data folder."""
    secret = settings.secret_key.encode("utf-8") or _read_key_file(settings)
    key = hashlib.sha256(b"kotowari/model\x1f" + secret).digest()
    return lambda user: hmac.new(key, user.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_LENGTH]


def _read_key_file(settings: Settings) -> bytes:
    path = make_data_folder(settings) / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(handle, "wb") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)) + b"\n")
    return path.read_bytes().strip()
