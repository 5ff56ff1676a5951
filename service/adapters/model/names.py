"""Names: a user's id as a keyed hash, the same each time and no way back without the key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from service.adapters.database import make_data_folder
from service.adapters.vault import read_key_file
from service.settings import Settings

_LENGTH = 32  # characters of hexadecimal


def make_namer(settings: Settings) -> Callable[[str], str]:
    """Return the function that names a user: keyed by the secret key, or by the key file of the data folder."""
    secret = settings.secret_key.encode("utf-8") or read_key_file(make_data_folder(settings))
    key = hashlib.sha256(b"kotowari/model\x1f" + secret).digest()
    return lambda user: hmac.new(key, user.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_LENGTH]
