"""Second look: what the classifier says of a text's asks - where looking is vain, and what the patterns overlooked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from service.facts.classifier import Classifier
from service.facts.lexicon import Term
from service.facts.pattern import Pattern, Reading
from service.facts.token import Token

EVIDENCE = "classifier"
ASK, ANY_ASK = "ask:", "ask"  # before the kind of an ask; the head of all asks together
WHOLE = ("claim", "signal", "stage", "site", "future")  # facts that are weighed as one, whatever their kind


@dataclass(frozen=True, slots=True)
class Look:
    """What the classifier says of one text: the groups of patterns not worth trying, the asks that are there anyway."""

    shut: frozenset[str] = frozenset()
    likely: tuple[str, ...] = ()


class SecondLook:
    """The classifier beside the patterns. A pattern it was not learnt with is always tried: new rules count at once."""

    def __init__(self, classifier: Classifier, terms: Mapping[str, Term]) -> None:
        self.classifier, self._terms, self._blend = classifier, terms, classifier.blend
        groups = [head.kind for head in classifier.heads]
        self._any = groups.index(ANY_ASK)
        self._asks = [
            (at, group, group in classifier.grave) for at, group in enumerate(groups) if group.startswith(ASK)
        ]
        self._others = [(at, group) for at, group in enumerate(groups) if at != self._any and not group.startswith(ASK)]
        self._place = {group: at for at, group in enumerate(groups)}
        self.groups = frozenset(groups)

    def look(self, text: str, veiled: Mapping[str, Sequence[Token]]) -> Look:
        """Weigh a text; a word in disguise is weighed as what it stands for."""
        odds, blend = self.classifier.weigh(unveil(text, veiled, self._terms)), self._blend
        most = max([odds[at] for at, _, _ in self._asks])
        base = blend.base + blend.most * most + blend.anything * odds[self._any]
        shut = [group for at, group in self._others if odds[at] < blend.look]
        likely = []
        for at, group, grave in self._asks:
            if odds[at] < (blend.look_grave if grave else blend.look):
                shut.append(group)
            elif base + blend.own * odds[at] + (blend.grave if grave else 0) >= 0:
                likely.append(group.removeprefix(ASK))
        return Look(frozenset(shut), tuple(likely))

    def name_group(self, pattern: Pattern) -> str | None:
        """Return what a pattern is weighed as; None where the classifier was not learnt with it."""
        known = fingerprint(pattern, self._terms) in self.classifier.learnt
        return name_group(pattern.fact, pattern.kind) if known else None

    def choose_sentence(self, kind: str, reading: Reading) -> tuple[int, int]:
        """Return the sentence that speaks most of an ask, as [start, end) without the gaps around it."""
        at, weigh, text = self._place[ASK + kind], self.classifier.weigh, reading.text
        return max(_list_sentences(reading), key=lambda each: weigh(text[slice(*each)])[at])


def name_group(fact: str, kind: str) -> str:
    """Return the group that patterns of a kind belong to."""
    return fact if fact in WHOLE else f"{fact}:{kind}"


def unveil(text: str, veiled: Mapping[str, Sequence[Token]], terms: Mapping[str, Term]) -> str:
    """Return a text with its disguised words written plainly."""
    hidden = sorted(
        (token.start, -token.end, name)
        for name, tokens in veiled.items()
        for token in tokens
        if text[token.start : token.end] not in terms[name].words
    )
    parts, at = [], 0
    for start, end, name in hidden:
        if start >= at:
            term = terms[name]
            parts += [text[at:start], (term.disguised or term.words)[0]]
            at = -end
    return "".join([*parts, text[at:]])


def _list_sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    text, at = reading.text, 0
    for end in (*reading.sentences.ends[:-1], len(text) - 1):
        sentence = text[at : end + 1]
        if bare := sentence.strip():
            start = at + sentence.index(bare)
            yield start, start + len(bare)
        at = end + 1


def fingerprint(pattern: Pattern, terms: Mapping[str, Term]) -> int:
    """Return a number that changes with what a pattern may begin at: its own keys and the words of its anchors."""
    own = (
        pattern.fact,
        pattern.kind,
        len(pattern.needs),
        pattern.within,
        pattern.scope,
        pattern.ordered,
        pattern.roles,
    )
    anchors = [_list_words(terms[name]) for name in pattern.needs[0] if name in terms]
    return crc32(repr((own, anchors)).encode())


def _list_words(term: Term) -> tuple[object, ...]:
    return (term.words, term.patterns, term.disguised, term.edges, term.exact_case, term.not_before, term.not_after)
