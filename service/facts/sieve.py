"""Sieve: which expressions of a lexicon can occur in a text, told by the short strings they cannot do without.

The text's runs of one, two and three letters are looked up in a table, so the cost grows with the text and hardly with
the lexicon. (re2.Filter does the same with an automaton of some megabytes, which every new text makes grow.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import add
from typing import Any

from service.facts.disguise import list_bare, strip_disguise
from service.facts.lexicon import Term
from service.facts.literals import Strings, choose, find_needs, make_small

Grams = frozenset[str]
_HARDLY_TELLING = 60  # strings: of a larger set, one stands in nearly every text


class Sieve:
    """The literals of numbered expressions."""

    def __init__(self, searches: Sequence[tuple[Term, Any]]) -> None:
        self._always: list[int] = []  # nothing is sure of them
        plain, bare = list[tuple[int, list[Strings]]](), list[tuple[int, list[Strings]]]()
        before: Term | None = None
        for number, (term, expression) in enumerate(searches):
            is_first = term is not before and bool(term.words or term.disguised)  # the words of a term come first
            before = term
            if is_first and term.disguised:  # shown only once disguises are stripped
                bare.append((number, [list_bare(term.words, term.disguised)]))
            elif is_first:
                words = (make_small(max(word.split(" "), key=len)) for word in term.words)
                plain.append((number, [frozenset(words)]))
            else:
                ways = find_needs(expression.pattern.decode("utf-8"))
                if not all(ways):
                    self._always.append(number)
                else:
                    plain += [(number, way) for way in ways]
        self._plain, self._bare = _Table(plain, 3), _Table(bare, 2)

    def find_candidates(self, text: str) -> list[int]:
        """Return the numbers of the expressions that can occur."""
        found = set(self._always)
        self._plain.look_up(make_small(text), found)
        self._bare.look_up(strip_disguise(text), found)
        return sorted(found)


class _Table:
    """Numbers by the rarest run of letters of each string that may show them."""

    def __init__(self, ways: Sequence[tuple[int, list[Strings]]], size: int) -> None:
        self._size = size  # letters of a run
        self._always = {number for number, clauses in ways if any("" in clause for clause in clauses)}
        usual = Counter(
            gram for _, clauses in ways for clause in clauses for each in clause for gram in _split(each, size)
        )
        rarity = {gram: (count, gram) for gram, count in usual.items()}
        self._sure: dict[str, set[int]] = {}  # by a run of letters that says enough
        # By a run of letters: the other runs of the string, of which all stand, and two sets of which one each stands.
        self._rows: dict[str, dict[tuple[Grams, Grams, Grams], list[int]]] = {}
        for number, clauses in ways:
            best = choose(clauses) or frozenset()
            rest = sorted((each for each in clauses if each is not best and len(each) < _HARDLY_TELLING), key=_dull)
            others = [frozenset(min(_split(each, size), key=rarity.__getitem__) for each in few) for few in rest[:2]]
            for literal in best:
                if len(literal) <= size and not others:
                    self._sure.setdefault(literal, set()).add(number)
                    continue
                grams = _split(literal, size)
                row = self._rows.setdefault(min(grams, key=rarity.__getitem__), {})
                second, third = (*others, grams, grams)[:2]
                row.setdefault((grams, second, third), []).append(number)

    def look_up(self, text: str, found: set[int]) -> None:
        """Add the numbers that a text may show; where all runs of a string stand, it may stand too."""
        found.update(self._always)
        pairs = list(map(add, text, text[1:]))
        grams = {*text, *pairs, *map(add, pairs, text[2:])} if self._size > 2 else {*text, *pairs}
        found.update(*map(self._sure.__getitem__, self._sure.keys() & grams))
        for key in self._rows.keys() & grams:
            for (needed, second, third), numbers in self._rows[key].items():
                if needed <= grams and not second.isdisjoint(grams) and not third.isdisjoint(grams):
                    found.update(numbers)


def _dull(literals: Strings) -> tuple[int, int]:
    return -min(2, min(map(len, literals))), len(literals)


def _split(literal: str, size: int) -> Grams:
    """Return the runs of so many letters in a string; a shorter one is a run by itself."""
    return frozenset(literal[at : at + size] for at in range(max(1, len(literal) - size + 1)))
