"""Alone: one process at a time works on a SQLite file; a second one would take up what the first is doing."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from service.errors import InputError

LOCK_FILE = "line.lock"
_PATIENCE = 20.0  # seconds: the one before may still be finishing
_LOOK = 0.1


class FolderLock:
    """A lock on the data folder, gone with its process however that ends."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        """Wait for the lock; raise InputError where another process keeps it."""
        self._file = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + patience
        while not _try(self._file):
            if time.monotonic() > until:
                os.close(self._file)
                raise InputError(
                    f"{folder} は、動いている別のサービスが使っています。先にそちらを止めるか、KOTOWARI_DATA_DIR を分けてください。"
                )
            time.sleep(_LOOK)

    def release(self) -> None:
        """Let the next one in."""
        with contextlib.suppress(OSError):
            os.close(self._file)


def _try(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: nothing of the kind; the README names one process a folder
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
