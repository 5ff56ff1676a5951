"""Second look: what the classifier says of a text's asks - where looking is vain, and what the patterns overlooked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from service.facts.classifier import LONGEST_PART, Classifier, place_part
from service.facts.lexicon import Term
from service.facts.pattern import Look, Pattern, Reading
from service.facts.token import Token

EVIDENCE = "classifier"
ASK, ANY_ASK = "ask:", "ask"  # before the kind of an ask; the head of all asks together
WHOLE = ("claim", "signal", "stage", "site", "future")  # facts that are weighed as one, whatever their kind


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
        blend, parts = self._blend, self.classifier.weigh_parts(unveil(text, veiled, self._terms))
        odds = parts[0] if len(parts) == 1 else [*map(max, zip(*parts, strict=True))]
        most = max([odds[at] for at, _, _ in self._asks])
        anything = odds[self._any]
        base = blend.base + blend.most * most + blend.anything * anything
        against = min(anything, 0.0)
        shut = [group for at, group in self._others if odds[at] < blend.look_grave]
        likely = []
        for at, group, grave in self._asks:
            look, both = (blend.look_grave, blend.both_grave) if grave else (blend.look, blend.both)
            if odds[at] < look or (odds[at] < 0.0 and odds[at] + against < both):
                shut.append(group)
            elif base + blend.own * odds[at] + (blend.grave if grave else 0) >= 0:
                likely.append(group.removeprefix(ASK))
        return Look(frozenset(shut), tuple(likely), parts)

    def find_group(self, pattern: Pattern) -> str | None:
        """Return what a pattern is weighed as; None where the classifier was not learnt with it."""
        known = fingerprint(pattern, self._terms) in self.classifier.learnt
        return name_group(pattern.fact, pattern.kind) if known else None

    def choose_sentence(self, kind: str, reading: Reading) -> tuple[int, int]:
        """Return the sentence that speaks most of an ask, as [start, end) without the gaps around it.

        It is looked for where the text as a whole speaks most of it; of an endless one only that part is told.
        """
        at, text, weigh = self._place[ASK + kind], reading.text, self.classifier.weigh_part
        parts = [odds[at] for odds in reading.look.parts]
        low, high = place_part(parts.index(max(parts)), len(text))
        low = min(low, max(0, len(text) - LONGEST_PART))  # with its disguises undone the text may have been longer
        sentences = _list_sentences(reading, low, high)
        return max(sentences, key=lambda each: weigh(text[slice(*each)])[at], default=(low, high))


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


def _list_sentences(reading: Reading, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences that begin or end between two places, cut where they are longer than what lies between."""
    text, at = reading.text, low
    while at < high:
        start, end = reading.sentences.bounds(at)
        start, stop = (max(start, low), min(end + 1, high)) if end - start > high - low else (start, end + 1)
        sentence = text[start:stop]
        if bare := sentence.strip():
            first = start + sentence.index(bare)
            yield first, first + len(bare)
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
