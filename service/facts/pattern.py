"""Pattern: which terms, together in one sentence, are a fact — and what takes it back.

A channel that is merely mentioned is no request. A fact needs its terms close together, not negated, not about
somebody else, and not as the subject of the job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from service.facts.matcher import FoundTokens
from service.facts.token import Token
from service.intake.sentences import Sentences
from service.vocabulary import Role

FactType = Literal["ask", "claim", "signal", "stage", "role", "site", "future"]
Scope = Literal["sentence", "text"]
HEADING = "heading_"  # before the kind of a section: the term with the words of its heading
Found = FoundTokens


@dataclass(frozen=True, slots=True)
class Pattern:
    """`needs` are alternatives each: ("line", "line_soft") is one place that either may fill; the first is the anchor."""

    id: str
    fact: FactType
    kind: str
    needs: tuple[tuple[str, ...], ...]
    within: int = 40
    scope: Scope = "sentence"
    ordered: bool = False
    preceded: bool = False  # the partners stand before the anchor: a heading and its list
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    quoted_counts: bool = False
    negatable: bool = True
    subject_counts: bool = False
    roles: tuple[Role, ...] = ()
    section: tuple[str, ...] = ()  # only under a heading of these kinds: `contact` is the term heading_contact
    not_section: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    def terms(self) -> set[str]:
        """Return every term the pattern names."""
        named = {name for place in self.needs for name in place}
        named |= {HEADING + kind for kind in (*self.section, *self.not_section)}
        return named | {*self.unless, *self.unless_before, *self.unless_after, *self.unless_text}


class Hit(NamedTuple):
    """A pattern that held, at [start, end) of the view's text."""

    pattern: Pattern
    anchor: Token
    start: int
    end: int
    partner: Token | None  # the other term up to which the anchor is judged; None where it stands alone
    sentence: tuple[int, int]  # [start, end) of the one the anchor stands in


LivePattern = tuple[Pattern, int]  # with the sentences that its anchor may stand in, as bits


@dataclass(frozen=True, slots=True)
class Look:
    """What the classifier says of one text: the groups of patterns not worth trying, the asks that are there anyway.

    `parts` has the log-odds of each part of the text.
    """

    shut: frozenset[str] = frozenset()
    likely: tuple[str, ...] = ()
    parts: tuple[Sequence[float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What patterns are tried on: the tokens, the sentences and the role the text plays."""

    text: str
    found: Found
    sentences: Sentences
    role: Role
    quotes: tuple[tuple[int, int], ...] = ()  # what stands between 「」, from sign to sign
    look: Look = Look()
