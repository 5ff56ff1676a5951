"""Rule authors write signs as they see them; texts are folded before they are searched. So the rules are folded too."""

from __future__ import annotations

from service.intake.fold_table import FOLD

_META = frozenset("\\.+*?()[]{}|^$-")


def fold_word(word: str) -> str:
    """Return a word as it stands in a folded text: ～ as ~, ＬＩＮＥ as LINE."""
    return word if FOLD.keys().isdisjoint(word) else "".join(FOLD.get(char, char) for char in word)


def fold_pattern(pattern: str) -> str:
    """Return an expression for folded texts. What a sign is folded to stands for itself: （ is no bracket."""
    if FOLD.keys().isdisjoint(pattern):  # nearly all: letter by letter they took a third of the start
        return pattern
    folded, vanished = "", False
    for char in pattern:
        if vanished and char == "?":  # a sign that folding leaves out needs no mark that it may be missing
            vanished = False
            continue
        stands = FOLD.get(char)
        vanished = stands == ""
        folded += char if stands is None else "".join(f"\\{each}" if each in _META else each for each in stands)
    return folded
