"""Vault: encrypts what is stored, and turns users' ids into names that say nothing."""

from __future__ import annotations

import base64
import hmac
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_FILE = "secret.key"
_NONCE = 12  # bytes
_NAME = 32  # characters of hexadecimal


class Vault:
    """One key for sealing and one for naming, both made from the master key."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(_derive(master, b"kotowari/seal"))
        self._naming = _derive(master, b"kotowari/name")

    def seal(self, value: Any, *, place: str) -> bytes:
        """Encrypt a JSON value; it can be opened for the same place alone (table, row and column)."""
        nonce = os.urandom(_NONCE)
        plain = json.dumps(value, separators=(",", ":")).encode("ascii")
        return nonce + self._cipher.encrypt(nonce, plain, place.encode("utf-8"))

    def open(self, sealed: bytes | None, *, place: str) -> Any:
        """Return what was sealed; None where there is nothing, or another key sealed it."""
        if not sealed:
            return None
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode("utf-8"))
        except InvalidTag:
            return None
        return json.loads(plain)

    def name(self, *parts: str) -> str:
        """Return a keyed hash: the same for the same parts, and no way back without the key."""
        text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self._naming, text, "sha256").hex()[:_NAME]


def make_master_key() -> bytes:
    """Return a new random master key, as text that can be stored."""
    return base64.urlsafe_b64encode(os.urandom(32))


def read_key_file(folder: Path) -> bytes:
    """Return the key kept in the data folder; it is made there, for its owner alone, where it is missing."""
    path = folder / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(handle, "wb") as file:
        file.write(make_master_key() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes().strip()


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master)
