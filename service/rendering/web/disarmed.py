"""Text fit for a page: what would turn or hide the words around it is shown as a dot."""

from __future__ import annotations

from service.rendering.paint import disarm

# Marks of direction, and blanks without width; what joins the parts of an emoji or a letter stays.
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x2060, 0x2065), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB], "·"
)
_UNSEEN |= dict.fromkeys(range(0xE0000, 0xE0080), "·")  # letters that no screen shows


def disarm_for_page(text: str) -> str:
    """Replace what steers or hides, character by character, so that indices stay."""
    return disarm(text).translate(_UNSEEN)
