"""Words: where the plain words of a lexicon stand in a text, all of them in one pass (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from ahocorasick_rs import AhoCorasick

from service.facts.expression import MOST_MATCHES
from service.facts.lexicon import Term
from service.facts.literals import make_small
from service.facts.token import Token, stands_alone

Places = list[tuple[int, int]]  # [start, end) of each match, one inside another too


class WordIndex:
    """The words of many terms. A space in a Latin word may be a line's end or missing."""

    def __init__(self, terms: Iterable[Term]) -> None:
        spellings: dict[str, dict[str, set[str]]] = {}
        exact = set[str]()
        for term in terms:
            exact |= {term.name} if term.exact_case else set()
            for word in term.words:
                for spelling in _spell(word):
                    spellings.setdefault(make_small(spelling), {}).setdefault(term.name, set()).add(spelling)
        self._automaton = AhoCorasick(list(spellings))
        # Of each word its terms, and for a term that minds capitals how the word is written.
        self._owners = [
            tuple((name, frozenset(forms) if name in exact else None) for name, forms in owners.items())
            for owners in spellings.values()
        ]

    def find(self, text: str, small: str, ends: Sequence[int]) -> tuple[dict[str, Places], dict[str, int]]:
        """Return by term where its words stand, and the sentences they stand in as bits; `small` is `make_small(text)`."""
        places, sentences = dict[str, Places](), dict[str, int]()
        number, bit, owners = 0, 1, self._owners
        for key, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True):
            while end > ends[number] + 1:
                number, bit = number + 1, bit << 1
            for name, forms in owners[key]:
                if forms is not None and text[start:end] not in forms:
                    continue
                if name in places:
                    places[name].append((start, end))
                    sentences[name] |= bit
                else:
                    places[name], sentences[name] = [(start, end)], bit
        return places, sentences


def choose_tokens(term: Term, places: Places, text: str) -> list[Token]:
    """Return the tokens an expression of the same words would find: from the left, the longest, none inside another."""
    tokens: list[Token] = []
    at = 0
    for start, end in sorted(places, key=longest_first) if len(places) > 1 else places:
        if start < at:
            continue
        at = start + 1 if term.overlapping else end
        if term.is_free or stands_alone(term, text, start, end):
            tokens.append(Token(term.name, start, end))
            if len(tokens) >= MOST_MATCHES:
                break
    return tokens


def longest_first(place: tuple[int, int]) -> tuple[int, int]:
    """Return what places are sorted by: reading order, the longer first."""
    return place[0], -place[1]


def _spell(word: str) -> Iterable[str]:
    if " " not in word or not word.isascii():
        return (word,)
    first, *rest = word.split(" ")
    gaps = product((" ", "", "\n"), repeat=len(rest))
    return [first + "".join(map("".join, zip(chosen, rest, strict=True))) for chosen in gaps]
