"""The compiled reader as a machine that reads texts: the library's C interface, called by ctypes."""

from __future__ import annotations

import sys
import weakref
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.adapters.compiled import load_library

if TYPE_CHECKING:
    import ctypes

_ROOM = 512  # numbers: the answer to most texts has a few dozen
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


class ReadingMachine:
    """A book of rules opened in the compiled library. Texts may be read by several threads at once."""

    def __init__(self, library: ctypes.CDLL, numbers: array[int]) -> None:
        """Open a blueprint; raise ValueError where the library refuses it."""
        import ctypes

        self._number = ctypes.c_int32
        library.kotowari_open.argtypes = [ctypes.c_void_p, ctypes.c_int64]
        library.kotowari_open.restype = ctypes.c_void_p
        library.kotowari_close.argtypes = [ctypes.c_void_p]
        library.kotowari_close.restype = None
        self._read = library.kotowari_read
        self._read.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_char_p,
            ctypes.c_int32,
            ctypes.c_void_p,
            ctypes.c_int32,
        ]
        self._read.restype = ctypes.c_int32
        address, size = numbers.buffer_info()
        self._book = library.kotowari_open(address, size)
        if not self._book:
            raise ValueError("the compiled reader refuses the blueprint")
        weakref.finalize(self, library.kotowari_close, self._book)

    def read(self, text: str, small: str) -> Sequence[int] | None:
        """Return what a folded text says, in numbers; None where the machine gave up."""
        size = _ROOM
        while True:
            room = (self._number * size)()
            count = self._read(self._book, text.encode(_UTF32), small.encode(_UTF32), len(text), room, size)
            if count <= size:
                return room[:count] if count >= 0 else None
            size = count


def build_machine(numbers: array[int]) -> ReadingMachine | None:
    """Return a machine that reads by a blueprint; None where the reader in Python must do."""
    library = load_library()
    if library is None:
        return None
    try:
        return ReadingMachine(library, numbers)
    except ValueError:  # an expression that only re2 knows
        return None
