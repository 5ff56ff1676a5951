"""Spotter: where a lexicon's words and the strings its expressions need stand in a text, all in one pass (Aho-Corasick).

What the strings tell is a sieve: only the expressions of which all needed strings stand are searched for. The cost
grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
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


# An expression, and the sets of strings of which one each stands too, besides the string that told of it.
_Way = tuple[int, tuple[frozenset[int], ...]]


@dataclass(frozen=True, slots=True)
class _Index:
    """Strings by number: whose words they are (and how they must be written), whether they tell of expressions."""

    automaton: AhoCorasick
    owners: Sequence[Sequence[tuple[str, frozenset[str]]]]
    needed: Sequence[bool]
    ways: Mapping[int, Sequence[_Way]]
    always: Sequence[int]  # expressions of which nothing is sure, or only what stands in nearly every text


class Spotter:
    """All strings of a lexicon.

    To work out what thousands of expressions need takes a second: it is done before the second text. For a single one
    (a command in the terminal) it is cheaper to rule nothing out.
    """

    def __init__(self, terms: Iterable[Term], expressions: Sequence[Expression]) -> None:
        self._expressions = expressions
        self._words = _list_words(terms)
        self._index = self._index_strings({string: number for number, string in enumerate(self._words)})
        self._is_sieve = False
        self._texts = 0

    def build_sieve(self) -> None:
        """Work out what each expression needs, if that is still to be done."""
        if self._is_sieve:
            return
        numbers = {string: number for number, string in enumerate(self._words)}
        ways: dict[int, list[_Way]] = {}
        always, needed = list[int](), set[int]()
        for number, expression in enumerate(self._expressions):
            sets = [_choose_sets(way) for way in find_needs(expression.source)]
            if not all(best and is_telling(best) for best, _ in sets):
                always.append(number)
                continue
            for best, others in sets:
                asked = tuple(frozenset(numbers.setdefault(each, len(numbers)) for each in few) for few in others)
                for each in best:
                    ways.setdefault(numbers.setdefault(each, len(numbers)), []).append((number, asked))
                needed |= set[int]().union(*asked)
        self._index = self._index_strings(numbers, needed | ways.keys(), ways, always)  # at once: others may be reading
        self._is_sieve = True

    def _index_strings(
        self,
        numbers: Mapping[str, int],
        needed: Set[int] = frozenset(),
        ways: Mapping[int, Sequence[_Way]] | None = None,
        always: Sequence[int] | None = None,
    ) -> _Index:
        owners = [tuple(self._words.get(string, {}).items()) for string in numbers]
        everything = range(len(self._expressions))
        return _Index(
            AhoCorasick(list(numbers)),
            owners,
            [number in needed for number in range(len(numbers))],
            ways or {},
            everything if always is None else always,
        )

    def spot(self, text: str, ends: Sequence[int]) -> Spotted:
        """Return what may stand in a text, whose sentences end at `ends`."""
        self._texts += 1
        if self._texts > 1:
            self.build_sieve()
        index = self._index
        words, where, seen = dict[str, Places](), dict[str, int](), dict[int, int]()
        owners, needed, number, bit = index.owners, index.needed, 0, 1
        for key, start, end in index.automaton.find_matches_as_indexes(make_small(text), overlapping=True):
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
        for number, bits in _weigh(index, seen).items():
            name = self._expressions[number].term.name
            numbers.setdefault(name, []).append(number)
            where[name] = where.get(name, 0) | bits
        return Spotted(words, numbers, where)


def _weigh(index: _Index, seen: Mapping[int, int]) -> dict[int, int]:
    """Return the expressions of which all needed strings stand, with the sentences they end in, as bits."""
    found = dict.fromkeys(index.always, EVERYWHERE)
    keys, ways = set(seen), index.ways
    for key in ways.keys() & keys:
        for number, asked in ways[key]:
            for few in asked:
                if few.isdisjoint(keys):
                    break
            else:
                found[number] = found.get(number, 0) | seen[key]
    return found


def _list_words(terms: Iterable[Term]) -> dict[str, dict[str, frozenset[str]]]:
    """Return of each word, in small letters, its terms; for a term that minds capitals, how the word is written."""
    owners: dict[str, dict[str, frozenset[str]]] = {}
    for term in terms:
        for word in term.words:
            for spelling in _spell(word):
                forms = owners.setdefault(make_small(spelling), {})
                own = frozenset({spelling}) if term.exact_case else frozenset()
                forms[term.name] = forms.get(term.name, frozenset()) | own
    return owners


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
