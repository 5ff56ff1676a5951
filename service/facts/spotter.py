"""Spotter: where a lexicon's words and the strings its expressions need stand in a text, all in one pass (Aho-Corasick).

What the strings tell is a sieve: only the expressions of which all needed strings stand are searched for. The cost
grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from ahocorasick_rs import AhoCorasick

from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.literals import find_needs, make_small
from service.facts.needs import Need, Strings, choose, is_telling
from service.facts.spotted import Clue, Index, Spotted, Way
from service.intake.sentences import Sentences

_HARDLY_TELLING = 150  # strings: of a larger set, one stands in nearly every text
_MOST_ASKED = 4  # further sets a way is asked for


class Spotter:
    """All strings of a lexicon.

    To work out what thousands of expressions need takes a second: it is done before the second text. For a single one
    (a command in the terminal) it is cheaper to rule nothing out.
    """

    def __init__(self, terms: Iterable[Term], expressions: Sequence[Expression]) -> None:
        self._expressions = expressions
        self._words = _list_words(terms)
        numbers = {string: number for number, string in enumerate(self._words)}
        self.index = self._index_strings(numbers, {}, self._rule_nothing_out())
        self._is_sieve = False
        self._texts = 0

    def build_sieve(self) -> None:
        """Work out what each expression needs, if that is still to be done."""
        if self._is_sieve:
            return
        numbers = {string: number for number, string in enumerate(self._words)}
        ways: dict[int, dict[str, list[Way]]] = {}
        always: dict[str, list[int]] = {}
        for number, expression in enumerate(self._expressions):
            name = expression.term.name
            sets = [_choose_sets(way) for way in find_needs(expression.source)]
            if not all(best.strings and is_telling(best.strings) for best, _, _ in sets):
                always.setdefault(name, []).append(number)
                continue
            for best, others, opening in sets:
                asked = tuple(_number(few, numbers) for few in others)
                way = Way(number, asked, _number(opening, numbers), best.before, best.after)
                for key in _number(best.strings, numbers):
                    ways.setdefault(key, {}).setdefault(name, []).append(way)
        self.index = self._index_strings(numbers, ways, always)  # at once: others may be reading
        self._is_sieve = True

    def _rule_nothing_out(self) -> dict[str, list[int]]:
        every: dict[str, list[int]] = {}
        for number, expression in enumerate(self._expressions):
            every.setdefault(expression.term.name, []).append(number)
        return every

    def _index_strings(
        self,
        numbers: Mapping[str, int],
        ways: Mapping[int, Mapping[str, Sequence[Way]]],
        always: Mapping[str, Sequence[int]],
    ) -> Index:
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        terms = list[tuple[str, ...]]()
        clues: dict[str, dict[int, Clue]] = {}
        for string, number in numbers.items():
            words, told = self._words.get(string, {}), ways.get(number, {})
            names = tuple({**words, **told})
            terms.append(shared.setdefault(names, names))
            for name in names:
                clues.setdefault(name, {})[number] = words.get(name), tuple(told.get(name, ()))
        keys = {name: frozenset(each) for name, each in clues.items()}
        return Index(AhoCorasick(list(numbers)), tuple(numbers), terms, keys, clues, always)

    def spot(self, text: str, sentences: Sentences) -> Spotted:
        """Return what may stand in a text."""
        self._texts += 1
        if self._texts > 1:
            self.build_sieve()
        return Spotted(self.index, text, sentences)


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


def _choose_sets(way: Sequence[Need]) -> tuple[Need, list[Strings], Strings]:
    """Return what tells most, the few other sets worth asking for, and the one that begins a match, if that is known."""
    best = choose(way) or Need(frozenset())
    telling = [each for each in way if len(each.strings) < _HARDLY_TELLING and is_telling(each.strings)]
    others = sorted([each.strings for each in telling if each is not best], key=len)[:_MOST_ASKED]
    if not best.before:
        return best, others, frozenset()
    opening = choose(each for each in telling if not each.before)
    if opening and opening.strings not in others:
        others.append(opening.strings)
    return best, others, opening.strings if opening else frozenset()


def _number(strings: Strings, numbers: dict[str, int]) -> frozenset[int]:
    """Return the numbers of some strings; a new one is given the next."""
    return frozenset(numbers.setdefault(each, len(numbers)) for each in strings)


def _spell(word: str) -> Iterable[str]:
    """Return the spellings of a word: a space in a Latin one may be a line's end or missing."""
    if " " not in word or not word.isascii():
        return (word,)
    first, *rest = word.split(" ")
    gaps = product((" ", "", "\n"), repeat=len(rest))
    return [first + "".join(map("".join, zip(chosen, rest, strict=True))) for chosen in gaps]
