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
        self._plain, self._bare = _Table(plain), _Table(bare)

    def find_candidates(self, text: str) -> list[int]:
        """Return the numbers of the expressions that can occur."""
        found = set(self._always)
        self._plain.look_up(make_small(text), found)
        self._bare.look_up(strip_disguise(text), found)
        return sorted(found)


class _Table:
    """Numbers by the rarest run of letters of each string that may show them."""

    def __init__(self, ways: Sequence[tuple[int, list[Strings]]]) -> None:
        self._always = {number for number, clauses in ways if any("" in clause for clause in clauses)}
        usual = Counter(gram for _, clauses in ways for clause in clauses for each in clause for gram in _split(each))
        # By a run of letters: the other runs of the string, of which all stand, and the sets of which one each stands.
        self._rows: dict[str, dict[tuple[Grams, tuple[Grams, ...]], list[int]]] = {}
        for number, clauses in ways:
            best = choose(clauses) or frozenset()
            rest = tuple(_thin(each, usual) for each in clauses if each is not best and len(each) < _HARDLY_TELLING)
            for literal in best:
                grams = _split(literal)
                row = self._rows.setdefault(min(grams, key=lambda gram: (usual[gram], gram)), {})
                row.setdefault((grams, rest), []).append(number)

    def look_up(self, text: str, found: set[int]) -> None:
        """Add the numbers that a text may show; where all runs of a string stand, it may stand too."""
        found.update(self._always)
        pairs = list(map(add, text, text[1:]))
        grams = {*text, *pairs, *map(add, pairs, text[2:])}
        for key in self._rows.keys() & grams:
            for (needed, rest), numbers in self._rows[key].items():
                if needed <= grams and not (rest and any(map(grams.isdisjoint, rest))):
                    found.update(numbers)


def _split(literal: str) -> Grams:
    """Return the runs of three letters in a string; a shorter one is a run by itself."""
    return frozenset(literal[at : at + 3] for at in range(max(1, len(literal) - 2)))


def _thin(literals: Strings, usual: Counter[str]) -> Grams:
    """Return for each string its rarest run."""
    return frozenset(min(_split(each), key=lambda gram: (usual[gram], gram)) for each in literals)
