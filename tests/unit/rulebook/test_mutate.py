"""Mutation: a broken rule that an example needs is noticed, and what no example could notice is not tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.parse import Example
from service.facts.pattern import Pattern
from service.rulebook.book import RuleBook
from service.rulebook.mutants import Mutant, find_redundant, list_mutants
from service.rulebook.mutate import Ground
from service.rulebook.rule import Example as RuleExample

ZOOM = Term("zoom", ("Zoom",), channel="zoom")
TALK = Term("talk", ("話", "面談"), edges="free")
OTHERS = Term("others", ("お客様",), edges="free")
CALL = Pattern("call", "ask", "call", (("zoom",), ("talk",)), within=10, unless=("others",), file="call.yaml", line=1)
HIT, GUARDED, FAR = "Zoomでお話を", "お客様とZoomで話す", "Zoomの本です。それでは、とても長い間を置いてからの面談。"


def try_all(reader: Reader, book: RuleBook, hits: Sequence[str], misses: Sequence[str]) -> dict[str, bool]:
    """Return each change of the facts, and whether the examples notice it."""
    bare = replace(book, common=(), sites={name: replace(site, rules=()) for name, site in book.sites.items()})
    texts = [(text, "hit") for text in hits] + [(text, "miss") for text in misses]
    examples = [Example(text, expect, "ask", "call", "call.yaml", 1) for text, expect in texts]
    ground = Ground(reader, bare, examples)
    return {mutant.change: ground.is_noticed(mutant) for mutant in list_mutants(reader, bare)}


@pytest.fixture
def reader() -> Reader:
    """A reader of one request."""
    return Reader([ZOOM, TALK, OTHERS], [CALL])


def test_a_lost_word_is_noticed_by_a_hit(reader: Reader, rules: RuleBook) -> None:
    tried = try_all(reader, rules, [HIT], [])
    assert tried["語彙「zoom」を抜く"] and tried["call を消す"]
    assert not tried["語彙「others」を抜く"]


def test_a_lost_guard_is_noticed_by_the_miss_that_needs_it(reader: Reader, rules: RuleBook) -> None:
    change = "すべての読み取り方 の unless: others を外す"
    assert not try_all(reader, rules, [HIT], [FAR])[change]
    assert try_all(reader, rules, [HIT], [GUARDED])[change]


def test_a_wide_gap_is_noticed_by_words_far_apart(reader: Reader, rules: RuleBook) -> None:
    assert not try_all(reader, rules, [HIT], [GUARDED])["call の間隔を広げる"]
    assert try_all(reader, rules, [HIT], [FAR])["call の間隔を広げる"]


def test_a_pattern_within_another_is_told_and_not_tried(rules: RuleBook) -> None:
    narrow = replace(CALL, id="narrow", within=5)
    reader = Reader([ZOOM, TALK, OTHERS], [CALL, narrow])
    assert find_redundant(reader) == [(narrow, CALL)]
    assert "narrow を消す" not in try_all(reader, rules, [HIT], [])


def test_every_survivor_says_where_and_which_example_it_wants(reader: Reader, rules: RuleBook) -> None:
    mutants = list_mutants(reader, rules)
    assert all(mutant.file and mutant.line and mutant.wanted for mutant in mutants if not mutant.term)
    assert {mutant.kind for mutant in mutants} == {"term", "pattern", "gap", "guard", "verdict", "condition"}


def find(mutants: Sequence[Mutant], change: str) -> Mutant:
    """Return the mutant with a change."""
    return next(mutant for mutant in mutants if mutant.change == change)


def test_a_turned_verdict_is_noticed_where_an_example_says_it(reader: Reader, rules: RuleBook) -> None:
    site = rules.sites["shufti"]
    row = next(rule for rule in site.rules if "call" in rule.when.asks and rule.verdict == "against_rules")
    for verdict, noticed in (("", False), ("against_rules", True)):
        said = replace(row, examples=(RuleExample(HIT, "hit", "before_contract", None, 1, verdict),))
        book = replace(rules, common=(), sites={"shufti": replace(site, rules=(said,))})
        mutant = find(list_mutants(reader, book), f"{row.id} の判定を caution に変える")
        assert Ground(reader, book, ()).is_noticed(mutant) is noticed
