"""A text as a double-quoted YAML scalar on one line; what steers or hides is written as an escape."""

from __future__ import annotations

from service.rendering.web.disarmed import disarm_for_page

_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quote_yaml(text: str) -> str:
    """Return the scalar: it reads back as the very same text, and shows every character that it holds."""
    return '"' + "".join(_write(char) for char in text) + '"'


def _write(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if disarm_for_page(char) == char and char not in "\u0085\u2028\u2029":
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
