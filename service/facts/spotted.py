"""Spotted: what one text may hold, by what the strings that stand in it tell: words, expressions, and where to try them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from service.facts.literals import make_small
from service.intake.sentences import Sentences

EVERYWHERE = -1  # all bits set: any sentence
Places = list[tuple[int, int]]  # [start, end) of each match, one inside another too
Starts = Sequence[int]
_MOST_STARTS = 100  # places to try one by one: more are searched for at one go
_Match = tuple[int, int, int]  # the string's number, its start and end


class Way(NamedTuple):
    """A way an expression may match, told of by a string with so many characters of the match around it at most."""

    number: int  # of the expression
    asked: tuple[frozenset[int], ...]  # sets of strings of which one each stands too
    opening: frozenset[int]  # where more may stand before that string: those of which one begins the match, if known
    before: int
    after: int


_Sources = list[tuple[int, Way]]  # by which strings an expression was told of, and how
_Candidate = tuple[int, Starts | None, Places | None]
# Where a term's words stand, which of its expressions may match, and the strings that say so.
_Weighed = tuple[Places, dict[int, _Sources | None], list[int]]


# What a string says of a term: how it must be written as a word of it (None: it is none), what it tells of.
Clue = tuple[frozenset[str] | None, tuple[Way, ...]]
_NO_CLUES: Mapping[int, Clue] = {}
_NO_KEYS = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Index:
    """Strings by number."""

    automaton: AhoCorasick
    strings: Sequence[str]
    terms: Sequence[tuple[str, ...]]  # of each string those it tells of
    keys: Mapping[str, frozenset[int]]  # of each term the strings
    clues: Mapping[str, Mapping[int, Clue]]  # of each term what its strings say
    # Of each term the expressions of which nothing is sure, or only what stands in nearly every text.
    always: Mapping[str, Sequence[int]]

    def clues_of(self, number: int) -> list[tuple[str, frozenset[str] | None, tuple[Way, ...]]]:
        """Return what a string says of each term: the term, how a word of it must be written, what it tells of."""
        return [(name, *self.clues[name][number]) for name in self.terms[number]]


class Spotted:
    """What a text may hold, by term; of most terms nobody asks more than whether a string tells of them."""

    def __init__(self, index: Index, text: str, sentences: Sentences) -> None:
        self._index, self._text, self._sentences = index, text, sentences
        strings: dict[int, list[_Match]] = {}
        for match in index.automaton.find_matches_as_indexes(make_small(text), overlapping=True):
            key = match[0]
            if key in strings:
                strings[key].append(match)
            else:
                strings[key] = [match]
        self._strings, self._present = strings, frozenset(strings)
        self.told = set(index.always).union(*map(index.terms.__getitem__, strings))
        self._marks: dict[str, int] = {}
        self._weighed: dict[str, _Weighed] = {}
        self._candidates: dict[str, list[_Candidate]] = {}

    def hide(self, name: str) -> None:
        """Leave a term out."""
        self.told.discard(name)
        self._weighed[name], self._marks[name] = ([], {}, []), 0

    def list_words(self, name: str) -> Places:
        """Return where the words of a term stand."""
        return self._weigh(name)[0]

    def list_candidates(self, name: str) -> list[_Candidate]:
        """Return the numbers of a term's expressions that may match, and where: from which places, or between which.

        Neither: anywhere.
        """
        candidates = self._candidates.get(name)
        if candidates is None:
            candidates = self._candidates[name] = self._place_candidates(name)
        return candidates

    def _place_candidates(self, name: str) -> list[_Candidate]:
        candidates: list[_Candidate] = []
        for number, sources in self._weigh(name)[1].items():
            if not sources:
                candidates.append((number, None, None))
            elif (starts := self._list_starts(sources)) is not None:
                candidates.append((number, starts, None))
            else:
                candidates.append((number, None, self._join_windows(sources)))
        return candidates

    def _list_starts(self, sources: _Sources) -> Starts | None:
        """Return the only places where a match may begin; None where that is not known, or they are too many."""
        starts: list[int] = []
        for key, way in sources:
            if not way.before:
                starts += [match[1] for match in self._strings[key]]
            elif way.opening:
                starts += [match[1] for each in way.opening & self._present for match in self._strings[each]]
            else:
                return None
        if len(starts) < 2:
            return starts
        return sorted(set(starts)) if len(starts) <= _MOST_STARTS else None

    def _join_windows(self, sources: _Sources) -> Places:
        """Return where a match may lie that holds one of the strings, in reading order, none touching another."""
        windows: Places = []
        for key, way in sources:
            windows += [(start - way.before, end + way.after) for _, start, end in self._strings[key]]
        windows.sort()
        low, high = windows[0]
        joined: Places = []
        for start, end in windows:
            if start > high:
                joined.append((max(low, 0), high))
                low, high = start, end
            elif end > high:
                high = end
        return [*joined, (max(low, 0), min(high, len(self._text)))]

    def list_numbers_at(self, name: str, position: int) -> Iterator[int]:
        """Yield the numbers of a term's expressions that may match right at a position; some twice."""
        if name not in self.told:
            return
        yield from self._index.always.get(name, ())
        clues = self._index.clues.get(name, _NO_CLUES)
        for key in self._find_keys(name):
            gap = next((start - position for _, start, _ in self._strings[key] if start >= position), None)
            if gap is not None:
                for way in clues[key][1]:
                    if gap <= way.before and not any(few.isdisjoint(self._present) for few in way.asked):
                        yield way.number

    def mark(self, name: str) -> int:
        """Return the sentences in which a term's words or the strings of its expressions end, as bits."""
        marks = self._marks.get(name)
        if marks is None:
            marks = EVERYWHERE
            if name not in self._index.always:
                keys = self._weigh(name)[2]
                marks = self._sentences.mark([match[2] for key in keys for match in self._strings[key]])
            self._marks[name] = marks
        return marks

    def _weigh(self, name: str) -> _Weighed:
        weighed = self._weighed.get(name)
        if weighed is None:
            weighed = self._weighed[name] = self._weigh_strings(name)
        return weighed

    def _weigh_strings(self, name: str) -> _Weighed:
        words: Places = []
        keys: list[int] = []
        present = self._present
        numbers: dict[int, _Sources | None] = dict.fromkeys(self._index.always.get(name, ()))
        clues = self._index.clues.get(name, _NO_CLUES)
        for key in self._find_keys(name):
            forms, ways = clues[key]
            holds = forms is not None and self._find_words(key, forms, words)
            for way in ways:
                for few in way.asked:
                    if few.isdisjoint(present):
                        break
                else:
                    holds, sources = True, numbers.get(way.number)
                    if sources:
                        sources.append((key, way))
                    else:
                        numbers[way.number] = [(key, way)]
            if holds:
                keys.append(key)
        return words, numbers, keys

    def _find_keys(self, name: str) -> frozenset[int]:
        """Return the strings that stand and tell of a term."""
        return self._index.keys.get(name, _NO_KEYS) & self._present

    def _find_words(self, key: int, forms: frozenset[str], words: Places) -> bool:
        text = self._text
        found = [(start, end) for _, start, end in self._strings[key] if not forms or text[start:end] in forms]
        words += found
        return bool(found)


def cut_windows(windows: Places | None, low: int, high: int) -> Places:
    """Return what of some windows lies between two places."""
    if windows is None:
        return [(low, high)]
    return [(max(start, low), min(end, high)) for start, end in windows if start < high and end > low]
