"""Needs: the strings that must stand in a text before an expression can match it, and which of them tell most."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from service.facts.usual import USUAL

Strings = frozenset[str]
ENDLESS = 1 << 30  # characters: more than any text has
_MOST_STRINGS = 600  # of one part: more count as anything
_MOST_TELLING = 6  # two kanji: what weighs more is not rarer
# What stands in a quarter of all messages or more: seeing it tells nothing.
_EVERYDAY = frozenset(
    "のまでしてをにただはくとさがかなきれせもっえるばやあいうこそどよわん。、\n0123456789.,()・?!:mie方日円分入送お"
)
_EVERYDAY |= {
    "ます", "です", "して", "いた", "くだ", "くださ", "ください", "します", "いただ", "した", "で、", "います", "だけ", "って", "まし",
    "願い", "お願い", "から", "あり", "ました", "ませ", "ません", "せん", "0円", "ます。", "います。", "てくだ", "ていただ", "おり", "いて",
    "ない", "する", "まで", "たい", "でき", "いただけ", "いただき", "ており", "を", "た。", "ので",
}  # fmt: skip

_MOST_OF_USUAL = {string: weight for weight, strings in USUAL.items() for string in strings.split(" ")}


class Need(NamedTuple):
    """Strings of which one stands in every match, and how many characters of it may stand before and after that one."""

    strings: Strings
    before: int = 0
    after: int = 0

    def widen(self, before: int, after: int) -> Need:
        """Return the same with more around it."""
        return Need(self.strings, min(self.before + before, ENDLESS), min(self.after + after, ENDLESS))


def choose(needs: Iterable[Need]) -> Need | None:
    """Return what tells most: that whose plainest string is rarer, then the smaller set."""
    known = [*needs]
    if len(known) < 2:
        return known[0] if known else None
    return max(known, key=lambda each: (min(map(_weigh, each.strings)), -len(each.strings)))


def is_telling(strings: Strings) -> bool:
    """Whether a text that holds one of the strings is worth a closer look: none of them stands in most messages."""
    return min(map(_weigh, strings)) > 0


@lru_cache(maxsize=100_000)  # the strings of a book are weighed again and again while it is read
def _weigh(string: str) -> int:
    """Return how rare a string is: as it was counted, or as it looks - hiragana are endings and stand everywhere."""
    if string in _EVERYDAY:
        return 0
    most = _MOST_OF_USUAL.get(string, _MOST_TELLING)
    return min(most, sum(1 if "ぁ" <= char <= "ゖ" else 3 for char in string))


def unite_needs(needs: Iterable[Need | None]) -> Need | None:
    """Return what stands in every match where there are several ways; None where one of them is sure of nothing."""
    known = list[Need]()
    for each in needs:
        if each is None:
            return None
        known.append(each)
    strings = unite(each.strings for each in known)
    if strings is None:
        return None
    return Need(strings, max(each.before for each in known), max(each.after for each in known))


def unite(sets: Iterable[Strings | None]) -> Strings | None:
    """Return all the strings in one set; None where one set is not known or they are too many."""
    united: set[str] = set()
    for each in sets:
        if each is None:
            return None
        united |= each
    return frozenset(united) if len(united) <= _MOST_STRINGS else None
