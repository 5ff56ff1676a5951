"""Load the compiled reader: a library beside its C++ sources, used only if it was made from these very sources."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

NATIVE = Path(__file__).resolve().parents[1] / "native"
LIBRARY = "reader.dll" if sys.platform == "win32" else "reader.so"

_UNWANTED = "KOTOWARI_PURE が設定されています"
_ABSENT = "コンパイルしたものがありません"
_UNUSABLE = "コンパイルしたものを読み込めません"
_STALE = "コンパイルしたものが今のソースと合いません"


def load_library(folder: Path = NATIVE, environ: Mapping[str, str] | None = None) -> ctypes.CDLL | None:
    """Return the compiled reader's library, or None where the reader in Python must do."""
    found = _find(folder, os.environ if environ is None else environ)
    return None if isinstance(found, str) else found


def why_pure(folder: Path = NATIVE, environ: Mapping[str, str] | None = None) -> str:
    """Return why the reader runs in Python; nothing when the compiled one is used."""
    found = _find(folder, os.environ if environ is None else environ)
    return found if isinstance(found, str) else ""


def list_sources(folder: Path) -> list[Path]:
    """Return the C++ files of a folder in the order of their names."""
    return sorted((each for each in folder.iterdir() if each.suffix in (".cpp", ".h")), key=lambda each: each.name)


def hash_sources(folder: Path) -> str:
    """Return what a library says it was made from: a hash of the sources' names and bytes."""
    digest = sha256()
    for source in list_sources(folder):
        content = source.read_bytes()
        digest.update(f"{source.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _find(folder: Path, environ: Mapping[str, str]) -> ctypes.CDLL | str:
    if environ.get("KOTOWARI_PURE"):
        return _UNWANTED
    path = folder / LIBRARY
    if not path.is_file():
        return _ABSENT
    try:
        import ctypes  # only now: whoever reads in Python does not wait for it, and a Python may lack it

        library = ctypes.CDLL(str(path))
        expected = hash_sources(folder)
    except (ImportError, OSError):
        return _UNUSABLE
    return library if _ask_sources(library) == expected else _STALE


def _ask_sources(library: ctypes.CDLL) -> str:
    import ctypes

    try:
        ask = library.kotowari_sources
    except AttributeError:
        return ""  # some other library
    ask.argtypes = []
    ask.restype = ctypes.c_char_p
    return (ask() or b"").decode("ascii", "replace")
