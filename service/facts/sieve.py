"""Sieve: which expressions of a lexicon can occur in a text, and in which sentences, told by the strings they need.

All strings are looked for in one pass (Aho-Corasick), so the cost grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick

from service.facts.disguise import list_bare, strip_disguise
from service.facts.lexicon import Term
from service.facts.literals import Strings, choose, find_needs, is_telling

EVERYWHERE = -1  # all bits set: any sentence
_HARDLY_TELLING = 60  # strings: of a larger set, one stands in nearly every text
_MOST_ASKED = 2  # further sets a way is asked for


class Sieve:
    """The strings that numbered expressions cannot do without."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._always: list[int] = []  # nothing is sure of them, or only what stands in nearly every text
        keys: dict[str, int] = {}
        rows: dict[int, list[tuple[int, tuple[frozenset[int], ...]]]] = {}
        for number, source in enumerate(sources):
            sets = [_choose_sets(way) for way in find_needs(source)]
            if not all(best and is_telling(best) for best, _ in sets):
                self._always.append(number)
                continue
            for best, others in sets:
                asked = tuple(frozenset(keys.setdefault(each, len(keys)) for each in few) for few in others)
                for each in best:
                    rows.setdefault(keys.setdefault(each, len(keys)), []).append((number, asked))
        self._rows = rows
        self._automaton = AhoCorasick(list(keys))

    def find(self, small: str, ends: Sequence[int]) -> dict[int, int]:
        """Return the numbers of the expressions that can occur, each with the sentences its strings end in, as bits."""
        seen: dict[int, int] = {}
        number, bit = 0, 1
        for key, _, end in self._automaton.find_matches_as_indexes(small, overlapping=True):
            while end > ends[number] + 1:
                number, bit = number + 1, bit << 1
            seen[key] = seen.get(key, 0) | bit
        found, keys, rows = dict.fromkeys(self._always, EVERYWHERE), set(seen), self._rows
        for key in rows.keys() & keys:
            for number, asked in rows[key]:
                for few in asked:
                    if few.isdisjoint(keys):
                        break
                else:
                    found[number] = found.get(number, 0) | seen[key]
        return found


class BareSieve:
    """The bare forms of disguised words, by the numbers of their terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        owners: dict[str, list[int]] = {}
        for number, term in enumerate(terms):
            for bare in list_bare(term.words, term.disguised):
                owners.setdefault(bare, []).append(number)
        self._always = owners.pop("", [])
        self._owners = list(owners.values())
        self._automaton = AhoCorasick(list(owners))

    def find(self, text: str) -> set[int]:
        """Return the numbers of the terms whose words may stand in a text."""
        keys = {match[0] for match in self._automaton.find_matches_as_indexes(strip_disguise(text), overlapping=True)}
        return set(self._always).union(*map(self._owners.__getitem__, keys))


def _choose_sets(way: Sequence[Strings]) -> tuple[Strings, list[Strings]]:
    """Return the set that tells most, and the few others worth asking for."""
    best = choose(way) or frozenset()
    others = [each for each in way if each is not best and len(each) < _HARDLY_TELLING and min(map(len, each)) > 1]
    return best, sorted(others, key=len)[:_MOST_ASKED]
