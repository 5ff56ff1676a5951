"""Spotter: where a lexicon's words and the strings its expressions need stand in a text, all in one pass (Aho-Corasick).

What the strings tell is a sieve: only the expressions of which all needed strings stand are searched for. The cost
grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick

from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.literals import Strings, choose, find_needs, is_telling, make_small
from service.intake.sentences import Sentences

EVERYWHERE = -1  # all bits set: any sentence
Places = list[tuple[int, int]]  # [start, end) of each match, one inside another too
_HARDLY_TELLING = 150  # strings: of a larger set, one stands in nearly every text
_MOST_ASKED = 4  # further sets a way is asked for


# An expression, and the sets of strings of which one each stands too, besides the string that told of it.
_Way = tuple[int, tuple[frozenset[int], ...]]
_Match = tuple[int, int, int]  # the string's number, its start and end


# What a string says of a term: how it must be written as a word of it (None: it is none), what it tells of.
_Clue = tuple[frozenset[str] | None, tuple[_Way, ...]]


@dataclass(frozen=True, slots=True)
class _Index:
    """Strings by number. Strings that tell of the same terms are a group: what is read of every text stays small."""

    automaton: AhoCorasick
    groups: Sequence[int]  # of each string
    terms: Sequence[tuple[str, ...]]  # of each group
    places: Mapping[str, frozenset[int]]  # of each term the groups
    clues: Mapping[str, Mapping[int, _Clue]]  # of each term what its strings say
    always: Mapping[
        str, Sequence[int]
    ]  # expressions of which nothing is sure, or only what stands in nearly every text


class Spotted:
    """What a text may hold, by term; of most terms nobody asks more than whether a string tells of them."""

    def __init__(self, index: _Index, text: str, sentences: Sentences) -> None:
        self._index, self._text, self._sentences = index, text, sentences
        strings = defaultdict[int, list[_Match]](list)
        for match in index.automaton.find_matches_as_indexes(make_small(text), overlapping=True):
            strings[match[0]].append(match)
        grouped = defaultdict[int, list[int]](list)
        groups = index.groups
        for key in strings:
            grouped[groups[key]].append(key)
        self._strings, self._grouped = strings, grouped
        self._present = frozenset(strings)
        self.told = set(index.always).union(*map(index.terms.__getitem__, grouped))
        self._marks: dict[int, int] = {}
        self._weighed: dict[str, tuple[Places, list[int], int]] = {}

    def hide(self, name: str) -> None:
        """Leave a term out."""
        self.told.discard(name)
        self._weighed[name] = [], [], 0

    def _list_clues(self, name: str) -> Iterator[tuple[int, _Clue]]:
        """Yield the strings that stand and tell of a term, with what they say."""
        index, grouped = self._index, self._grouped
        if clues := index.clues.get(name):
            for group in index.places[name] & grouped.keys():
                for key in grouped[group]:
                    yield key, clues[key]

    def list_words(self, name: str) -> Places:
        """Return where the words of a term stand."""
        return self._weigh(name)[0]

    def list_numbers(self, name: str) -> Sequence[int]:
        """Return the numbers of a term's expressions that may match."""
        return self._weigh(name)[1]

    def list_numbers_between(self, name: str, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of a term's expressions that may match between two positions; some twice."""
        if name not in self.told:
            return
        yield from self._index.always.get(name, ())
        for key, (_, ways) in self._list_clues(name):
            if any(start <= first and last <= end for _, first, last in self._strings[key]):
                for number, asked in ways:
                    if not any(few.isdisjoint(self._present) for few in asked):
                        yield number

    def mark(self, name: str) -> int:
        """Return the sentences in which a term's words or the strings of its expressions end, as bits."""
        return self._weigh(name)[2]

    def _weigh(self, name: str) -> tuple[Places, list[int], int]:
        weighed = self._weighed.get(name)
        if weighed is None:
            weighed = self._weighed[name] = self._weigh_strings(name)
        return weighed

    def _weigh_strings(self, name: str) -> tuple[Places, list[int], int]:
        words, present = Places(), self._present
        numbers = dict.fromkeys(self._index.always.get(name, ()))
        bits = EVERYWHERE if numbers else 0
        for key, (forms, ways) in self._list_clues(name):
            holds = forms is not None and self._find_words(key, forms, words)
            for number, asked in ways:
                for few in asked:
                    if few.isdisjoint(present):
                        break
                else:
                    numbers[number], holds = None, True
            if holds:
                bits |= self._mark(key)
        return words, [*numbers], bits

    def _find_words(self, key: int, forms: frozenset[str], words: Places) -> bool:
        text = self._text
        found = [(start, end) for _, start, end in self._strings[key] if not forms or text[start:end] in forms]
        words += found
        return bool(found)

    def _mark(self, key: int) -> int:
        bits = self._marks.get(key)
        if bits is None:
            bits = self._marks[key] = self._sentences.mark(end for _, _, end in self._strings[key])
        return bits


class Spotter:
    """All strings of a lexicon.

    To work out what thousands of expressions need takes a second: it is done before the second text. For a single one
    (a command in the terminal) it is cheaper to rule nothing out.
    """

    def __init__(self, terms: Iterable[Term], expressions: Sequence[Expression]) -> None:
        self._expressions = expressions
        self._words = _list_words(terms)
        numbers = {string: number for number, string in enumerate(self._words)}
        self._index = self._index_strings(numbers, {}, self._rule_nothing_out())
        self._is_sieve = False
        self._texts = 0

    def build_sieve(self) -> None:
        """Work out what each expression needs, if that is still to be done."""
        if self._is_sieve:
            return
        numbers = {string: number for number, string in enumerate(self._words)}
        ways: dict[int, dict[str, list[_Way]]] = {}
        always: dict[str, list[int]] = {}
        for number, expression in enumerate(self._expressions):
            name = expression.term.name
            sets = [_choose_sets(way) for way in find_needs(expression.source)]
            if not all(best and is_telling(best) for best, _ in sets):
                always.setdefault(name, []).append(number)
                continue
            for best, others in sets:
                asked = tuple(frozenset(numbers.setdefault(each, len(numbers)) for each in few) for few in others)
                for each in best:
                    told = ways.setdefault(numbers.setdefault(each, len(numbers)), {})
                    told.setdefault(name, []).append((number, asked))
        self._index = self._index_strings(numbers, ways, always)  # at once: others may be reading
        self._is_sieve = True

    def _rule_nothing_out(self) -> dict[str, list[int]]:
        every: dict[str, list[int]] = {}
        for number, expression in enumerate(self._expressions):
            every.setdefault(expression.term.name, []).append(number)
        return every

    def _index_strings(
        self,
        numbers: Mapping[str, int],
        ways: Mapping[int, Mapping[str, Sequence[_Way]]],
        always: Mapping[str, Sequence[int]],
    ) -> _Index:
        known: dict[tuple[str, ...], int] = {}
        groups = array("I")
        clues: dict[str, dict[int, _Clue]] = {}
        for string, number in numbers.items():
            words, told = self._words.get(string, {}), ways.get(number, {})
            names = tuple(sorted({*words, *told}))
            groups.append(known.setdefault(names, len(known)))
            for name in names:
                clues.setdefault(name, {})[number] = words.get(name), tuple(told.get(name, ()))
        places: dict[str, set[int]] = {}
        for names, group in known.items():
            for name in names:
                places.setdefault(name, set()).add(group)
        frozen = {name: frozenset(told) for name, told in places.items()}
        return _Index(AhoCorasick(list(numbers)), groups, [*known], frozen, clues, always)

    def spot(self, text: str, sentences: Sentences) -> Spotted:
        """Return what may stand in a text."""
        self._texts += 1
        if self._texts > 1:
            self.build_sieve()
        return Spotted(self._index, text, sentences)


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
