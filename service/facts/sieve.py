"""Sieve: which expressions of a lexicon can occur in a text, told by the short strings they cannot do without.

The text's pairs of letters are looked up in a table, so the cost grows with the text and hardly with the lexicon.
(re2.Filter does the same with an automaton of some megabytes, which every new text makes grow: ten times the cost.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from service.facts.disguise import list_bare, strip_disguise
from service.facts.lexicon import Term
from service.facts.literals import find_literals, make_small


class Sieve:
    """The literals of numbered expressions."""

    def __init__(self, searches: Sequence[tuple[Term, Any]]) -> None:
        self._always: list[int] = []  # nothing is sure of them
        self._letters: dict[str, list[int]] = {}  # single letters
        self._heads: dict[str, dict[frozenset[str], list[int]]] = {}  # by the first two letters, the pairs that follow
        self._bare: list[tuple[frozenset[str], int]] = []  # shown only once disguises are stripped
        before: Term | None = None
        for number, (term, expression) in enumerate(searches):
            is_first = term is not before and bool(term.words or term.disguised)  # the words of a term come first
            before = term
            if is_first and term.disguised:
                self._bare.append((list_bare(term.words, term.disguised), number))
            elif is_first:
                self._add(number, frozenset(make_small(max(word.split(" "), key=len)) for word in term.words))
            else:
                self._add(number, find_literals(expression.pattern.decode("utf-8")))

    def _add(self, number: int, literals: frozenset[str] | None) -> None:
        if literals is None:
            self._always.append(number)
        for literal in literals or ():
            if len(literal) == 1:
                self._letters.setdefault(literal, []).append(number)
            else:
                pairs = frozenset(map("".join, pairwise(literal)))
                self._heads.setdefault(literal[:2], {}).setdefault(pairs, []).append(number)

    def find_candidates(self, text: str) -> list[int]:
        """Return the numbers of the expressions that can occur; where all pairs of a literal stand, it may stand too."""
        small = make_small(text)
        found = set(self._always)
        for letter in self._letters.keys() & set(small):
            found.update(self._letters[letter])
        pairs = set(map("".join, pairwise(small)))
        for head in self._heads.keys() & pairs:
            for needed, numbers in self._heads[head].items():
                if needed <= pairs:
                    found.update(numbers)
        bare = strip_disguise(text)
        found.update(number for words, number in self._bare if any(word in bare for word in words))
        return sorted(found)
