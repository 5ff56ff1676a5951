"""The plain way to find a lexicon's words: every expression of every term, one by one. What the matcher is held against."""

from __future__ import annotations

from collections.abc import Iterable

from service.facts.expression import Expression
from service.facts.lexicon import Term
from service.facts.token import Token, order_by_place
from service.intake.view import ByteMap


class PlainMatcher:
    """The expressions of a lexicon, all tried on every text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = [term for term in terms if not term.anchored]
        self._expressions = {term.name: [Expression(term, each) for each in term.expressions()] for term in self._terms}

    def find_tokens(self, text: str) -> dict[str, list[Token]]:
        """Return the tokens of each term, in reading order."""
        mapped, raw = ByteMap(text), dict[str, list[Token]]()
        for name, expressions in self._expressions.items():
            tokens = [token for expression in expressions for token in expression.find_all(mapped, text)]
            raw[name] = sorted(tokens, key=order_by_place)
        covers = [(cover, token) for cover in self._terms for token in raw[cover.name] if cover.covers]
        found = {}
        for name, tokens in raw.items():
            hiding = [token for cover, token in covers if name in cover.covers]
            kept = [each for each in tokens if not any(t.start <= each.start and each.end <= t.end for t in hiding)]
            if kept:
                found[name] = kept
        return found
