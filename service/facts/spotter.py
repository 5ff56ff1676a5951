"""Spotter: where a lexicon's words and the strings its expressions need stand in a text, all in one pass (Aho-Corasick).

What the strings tell is a sieve: only the expressions of which all needed strings stand are searched for. The cost
grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick

from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.literals import Strings, choose, find_needs, is_telling, make_small

EVERYWHERE = -1  # all bits set: any sentence
Places = list[tuple[int, int]]  # [start, end) of each match, one inside another too
_HARDLY_TELLING = 150  # strings: of a larger set, one stands in nearly every text
_MOST_ASKED = 4  # further sets a way is asked for


@dataclass(frozen=True, slots=True)
class Spotted:
    """What a text may hold, by term: where its words stand, the numbers of the expressions that may match.

    `where` has the sentences in which its words or the strings of its expressions end, as bits.
    """

    words: dict[str, Places]
    numbers: dict[str, list[int]]
    where: dict[str, int]


_Way = tuple[
    int, tuple[frozenset[int], ...]
]  # an expression; besides the string that told of it one of each set stands


class Spotter:
    """All strings of a lexicon, numbered."""

    def __init__(self, terms: Iterable[Term], expressions: Sequence[Expression]) -> None:
        self._names = [expression.term.name for expression in expressions]
        self._always: list[int] = []  # nothing is sure of them, or only what stands in nearly every text
        self._strings: dict[str, int] = {}
        owners = self._number_words(terms)
        self._ways: dict[int, list[_Way]] = {}
        needed = {key for number, each in enumerate(expressions) for key in self._number_needs(number, each.source)}
        self._automaton = AhoCorasick(list(self._strings))
        self._owners = [tuple(owners.get(key, {}).items()) for key in range(len(self._strings))]
        self._needed = [key in needed for key in range(len(self._strings))]

    def spot(self, text: str, ends: Sequence[int]) -> Spotted:
        """Return what may stand in a text, whose sentences end at `ends`."""
        words, where, seen = dict[str, Places](), dict[str, int](), dict[int, int]()
        owners, needed, number, bit = self._owners, self._needed, 0, 1
        for key, start, end in self._automaton.find_matches_as_indexes(make_small(text), overlapping=True):
            while end > ends[number] + 1:
                number, bit = number + 1, bit << 1
            if needed[key]:
                seen[key] = seen.get(key, 0) | bit
            for name, forms in owners[key]:
                if forms and text[start:end] not in forms:
                    continue
                words.setdefault(name, []).append((start, end))
                where[name] = where.get(name, 0) | bit
        numbers: dict[str, list[int]] = {}
        for number, bits in self._weigh(seen).items():
            name = self._names[number]
            numbers.setdefault(name, []).append(number)
            where[name] = where.get(name, 0) | bits
        return Spotted(words, numbers, where)

    def _weigh(self, seen: Mapping[int, int]) -> dict[int, int]:
        """Return the expressions of which all needed strings stand, with the sentences they end in, as bits."""
        found = dict.fromkeys(self._always, EVERYWHERE)
        keys, ways = set(seen), self._ways
        for key in ways.keys() & keys:
            for number, asked in ways[key]:
                for few in asked:
                    if few.isdisjoint(keys):
                        break
                else:
                    found[number] = found.get(number, 0) | seen[key]
        return found

    def _number_words(self, terms: Iterable[Term]) -> dict[int, dict[str, set[str]]]:
        """Return of each word its terms; for a term that minds capitals, how the word is written."""
        owners: dict[int, dict[str, set[str]]] = {}
        for term in terms:
            for word in term.words:
                for spelling in _spell(word):
                    key = self._number(make_small(spelling))
                    forms = owners.setdefault(key, {}).setdefault(term.name, set())
                    if term.exact_case:
                        forms.add(spelling)
        return owners

    def _number_needs(self, number: int, source: str) -> list[int]:
        """Note the ways an expression may match; return the strings they need."""
        ways = find_needs(source)
        sets = [_choose_sets(way) for way in ways]
        if not all(best and is_telling(best) for best, _ in sets):
            self._always.append(number)
            return []
        keys = []
        for best, others in sets:
            asked = tuple(frozenset(map(self._number, few)) for few in others)
            for each in best:
                key = self._number(each)
                self._ways.setdefault(key, []).append((number, asked))
                keys.append(key)
            keys += [key for few in asked for key in few]
        return keys

    def _number(self, string: str) -> int:
        return self._strings.setdefault(string, len(self._strings))


def _choose_sets(way: Sequence[Strings]) -> tuple[Strings, list[Strings]]:
    """Return the set that tells most, and the few others worth asking for."""
    best = choose(way) or frozenset()
    others = [each for each in way if each is not best and len(each) < _HARDLY_TELLING and is_telling(each)]
    return best, sorted(others, key=len)[:_MOST_ASKED]


def _spell(word: str) -> Iterable[str]:
    """Return the spellings of a word: a space in a Latin one may be a line's end or missing."""
    if " " not in word or not word.isascii():
        return (word,)
    first, *rest = word.split(" ")
    gaps = product((" ", "", "\n"), repeat=len(rest))
    return [first + "".join(map("".join, zip(chosen, rest, strict=True))) for chosen in gaps]
