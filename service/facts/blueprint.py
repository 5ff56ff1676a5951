"""Blueprint: all that reading stands on, as whole numbers, for the compiled reader (`service/native`, decision 0012).

`service/native/book.cpp` reads it in the same order. Terms, patterns and kinds are told by their places in the reader's
own tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.facts.asks import AskFinder, tell_vagueness
from service.facts.classifier import Classifier
from service.facts.contacts import PATTERNS
from service.facts.disguise import BARE_LETTERS, BareTable
from service.facts.expression import Expression
from service.facts.lexicon import MASKS, Term
from service.facts.matcher import Matcher
from service.facts.needs import ENDLESS
from service.facts.pattern import HEADING, FactType, Pattern
from service.facts.second_look import ANY_ASK, ASK
from service.facts.sheet import Sheet, write_folding
from service.facts.spotted import Index, Way
from service.vocabulary import Role

VERSION = 3
NONE = -1
FACTS: tuple[FactType, ...] = ("ask", "claim", "signal", "stage", "role", "site", "future")  # as book.h counts them
ROLES: tuple[Role, ...] = ("client_message", "worker_question", "job_posting")
_OTHER, _ANY_ASK = -1, -2  # heads that weigh no single kind of ask
_EDGES = ("both", "left", "right", "free")
# The terms that reading itself asks for, in the order of book.h.
_SPECIAL = (
    HEADING + "any", "as_job_subject", "matter_opens", "work_deed", "work_mark", "negation", "negation_whole",
    "clause_break", "negation_ahead", "turn_ahead", "answer_no", "commitment", "turn", "talk_request", "wish",
)  # fmt: skip


def _number_role(role: Role) -> int:
    """Return a role's bit; no text is read as small talk before its asks are known, so that one's is never asked for."""
    return ROLES.index(role) if role in ROLES else len(ROLES)


class Legend:
    """What the numbers of an answer stand for: the kinds of each fact in the order of the book, channels and patterns."""

    def __init__(
        self, patterns: Sequence[Pattern], channels: Iterable[str | None], classifier: Classifier | None
    ) -> None:
        self.evidence = tuple(pattern.id for pattern in patterns)
        self.channels = tuple(sorted({channel for channel in channels if channel}))
        kinds: dict[FactType, dict[str, int]] = {fact: {} for fact in FACTS}
        for pattern in patterns:
            kinds[pattern.fact].setdefault(pattern.kind, len(kinds[pattern.fact]))
        for head in classifier.heads if classifier else ():  # an ask that no pattern sees may be learnt all the same
            if head.kind.startswith(ASK):
                kinds["ask"].setdefault(head.kind.removeprefix(ASK), len(kinds["ask"]))
        self.kinds = {fact: tuple(numbers) for fact, numbers in kinds.items()}

    def number(self, fact: FactType, kind: str) -> int:
        """Return a kind's number; NONE where nothing is read as it."""
        kinds = self.kinds[fact]
        return kinds.index(kind) if kind in kinds else NONE


class Blueprint:
    """Everything in one sheet of numbers, and the legend to what is answered."""

    def __init__(
        self,
        matcher: Matcher,
        patterns: Sequence[Pattern],
        groups: Sequence[str | None],
        asks: AskFinder,
        classifier: Classifier | None,
    ) -> None:
        self.legend = Legend(patterns, asks.channels.values(), classifier)
        self._matcher, self._asks = matcher, asks
        self._terms = {name: number for number, name in enumerate(matcher.terms)}
        self._ranks = {name: rank for rank, name in enumerate(sorted(matcher.terms))}
        self._sets: dict[frozenset[int], int] = {}
        self._ways: dict[Way, int] = {}
        self._sheet = Sheet()
        self._sheet.write(VERSION)
        write_folding(self._sheet, matcher.index.strings)
        self._write_lexicon()
        self._write_disguises()
        self._write_patterns(patterns, groups, [head.kind for head in classifier.heads] if classifier else [])
        self._sheet.write_strings(pattern.pattern.decode() for pattern in PATTERNS.values())
        self._sheet.write(classifier is not None)
        if classifier:
            self._write_classifier(classifier)
        self.numbers = self._sheet.numbers

    def _write_lexicon(self) -> None:
        sheet, index, matcher = self._sheet, self._matcher.index, self._matcher
        sheet.write(len(matcher.expressions), len(matcher.terms))
        for term in matcher.terms.values():
            self._write_term(term)
        for expression in matcher.expressions:
            self._write_expression(expression)
        sheet.write_strings(index.strings)
        self._write_clues(index)

    def _write_disguises(self) -> None:
        sheet, matcher = self._sheet, self._matcher
        sheet.write_each(matcher.veiled, self._write_expression)
        for table in (matcher.bare.plain, matcher.bare.masked):
            self._write_bare(table)
        sheet.write(len(BARE_LETTERS))
        for code, left in BARE_LETTERS.items():
            sheet.write(code, ord(left) if left else NONE)
        sheet.write_string(MASKS)

    def _write_patterns(self, patterns: Sequence[Pattern], groups: Sequence[str | None], heads: list[str]) -> None:
        self._sheet.write(len(patterns))
        for pattern, group in zip(patterns, groups, strict=True):
            self._write_pattern(pattern, heads.index(group) if group in heads else NONE)
        self._sheet.write(*(self._terms.get(name, NONE) for name in _SPECIAL))
        self._sheet.write(*(self.legend.number("role", role) for role in ROLES[1:]))

    def _write_term(self, term: Term) -> None:
        sheet, name, matcher = self._sheet, term.name, self._matcher
        channel = self._asks.channels.get(name)
        sheet.write(
            _EDGES.index(term.edges),
            term.overlapping,
            name in matcher.nearby,
            name in matcher.within_sentence,
            name in matcher.index.always,
            self._asks.severe[name],
            self.legend.channels.index(channel) if channel else NONE,
            tell_vagueness(channel),
            self._ranks[name],
        )
        sheet.write_strings(term.not_before)
        sheet.write_strings(term.not_after)
        sheet.write_list(self._number(matcher.covered_by.get(name, ())))
        sheet.write_list(matcher.index.always.get(name, ()))
        sheet.write_strings(term.words if term.disguised else ())
        sheet.write_string((term.disguised or term.words or ("",))[0])

    def _number(self, names: Iterable[str]) -> list[int]:
        """Return the numbers of terms; a name that no term has stands nowhere."""
        return [self._terms[name] for name in names if name in self._terms]

    def _write_expression(self, expression: Expression) -> None:
        self._sheet.write(self._terms[expression.term.name])
        self._sheet.write_string(expression.source)

    def _write_clues(self, index: Index) -> None:
        """Write the sets of strings that ways ask for, the ways, then what each string says."""
        clues = [index.clues_of(number) for number in range(len(index.strings))]
        for way in (way for own in clues for _, _, ways in own for way in ways):
            self._ways.setdefault(way, len(self._ways))
        for way in self._ways:
            for strings in (*way.asked, *([way.opening] if way.opening else [])):
                self._sets.setdefault(strings, len(self._sets))
        self._sheet.write_each([*self._sets], lambda strings: self._sheet.write_list(sorted(strings)))
        self._sheet.write_each([*self._ways], self._write_way)
        self._sheet.write_each(clues, lambda own: self._sheet.write_each(own, self._write_clue))

    def _write_clue(self, clue: tuple[str, frozenset[str] | None, tuple[Way, ...]]) -> None:
        name, forms, ways = clue
        self._sheet.write(self._terms[name], forms is not None)
        self._sheet.write_strings(sorted(forms or ()))
        self._sheet.write_list(self._ways[way] for way in ways)

    def _write_way(self, way: Way) -> None:
        opening = self._sets[way.opening] if way.opening else NONE
        self._sheet.write(way.number, way.before, way.after, opening)
        self._sheet.write_list(self._sets[strings] for strings in way.asked)

    def _write_bare(self, table: BareTable) -> None:
        self._sheet.write_list(table.always)
        self._sheet.write_strings(table.strings)
        self._sheet.write_each(table.owners, self._sheet.write_list)

    def _write_pattern(self, pattern: Pattern, group: int) -> None:
        sheet = self._sheet
        sheet.write(
            FACTS.index(pattern.fact),
            self.legend.number(pattern.fact, pattern.kind),
            group,
            sum(1 << number for number in {_number_role(role) for role in pattern.roles}),
            max(-ENDLESS, min(pattern.within, ENDLESS)),
            pattern.scope == "text",
            pattern.ordered,
            pattern.preceded,
            pattern.quoted_counts,
            pattern.negatable,
            pattern.subject_counts,
        )
        sheet.write_each([self._number(place) for place in pattern.needs], sheet.write_list)
        for names in (pattern.unless, pattern.unless_before, pattern.unless_after, pattern.unless_text):
            sheet.write_list(self._number(names))
        for kinds in (pattern.section, pattern.not_section):
            sheet.write_list(self._terms.get(HEADING + kind, NONE) for kind in kinds)

    def _write_classifier(self, classifier: Classifier) -> None:
        sheet = self._sheet
        sheet.write(len(classifier.heads))
        for head in classifier.heads:
            sheet.write_reals((head.bias, head.scale))
            sheet.write(self._number_ask(head.kind), head.kind in classifier.grave)
        blend = classifier.blend
        sheet.write_reals((blend.own, blend.most, blend.anything, blend.base, blend.grave))
        sheet.write_reals((blend.look, blend.look_grave, blend.both, blend.both_grave))
        sheet.write_strings(classifier.grams)
        sheet.write_list(classifier.rows)

    def _number_ask(self, group: str) -> int:
        if group == ANY_ASK:
            return _ANY_ASK
        return self.legend.number("ask", group.removeprefix(ASK)) if group.startswith(ASK) else _OTHER
