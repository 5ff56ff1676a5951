"""The compiled reader as a machine that reads texts: the library's C interface, called by ctypes."""

from __future__ import annotations

import weakref
from array import array
from typing import TYPE_CHECKING

from service.adapters.compiled import load_library
from service.facts.machine import UTF_32

if TYPE_CHECKING:
    import ctypes


class ReadingMachine:
    """A book of rules opened in the compiled library. Texts may be read by several threads at once."""

    def __init__(self, library: ctypes.CDLL, numbers: array[int]) -> None:
        """Open a blueprint; raise ValueError where the library refuses it."""
        import ctypes

        self._size, self._byref, self._copy = ctypes.c_int32, ctypes.byref, ctypes.string_at
        library.kotowari_open.argtypes = [ctypes.c_void_p, ctypes.c_int64]
        library.kotowari_open.restype = ctypes.c_void_p
        library.kotowari_close.argtypes = [ctypes.c_void_p]
        library.kotowari_close.restype = None
        self._read, self._forget = library.kotowari_read, library.kotowari_forget
        self._read.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p]
        self._read.restype = ctypes.c_void_p
        self._forget.argtypes = [ctypes.c_void_p]
        self._forget.restype = None
        address, size = numbers.buffer_info()
        self._book = library.kotowari_open(address, size)
        if not self._book:
            raise ValueError("the compiled reader refuses the blueprint")
        weakref.finalize(self, library.kotowari_close, self._book)

    def read(self, text: str) -> array[int] | None:
        """Return what a text says, in numbers; None where the machine gave up."""
        size = self._size()
        told = self._read(self._book, text.encode(UTF_32, "surrogatepass"), len(text), self._byref(size))
        if not told:
            return None
        numbers = array("i")
        try:
            numbers.frombytes(self._copy(told, size.value * numbers.itemsize))
        finally:
            self._forget(told)
        return numbers


def build_machine(numbers: array[int]) -> ReadingMachine | None:
    """Return a machine that reads by a blueprint; None where the reader in Python must do."""
    library = load_library()
    if library is None:
        return None
    try:
        return ReadingMachine(library, numbers)
    except ValueError:  # an expression that only re2 knows
        return None
