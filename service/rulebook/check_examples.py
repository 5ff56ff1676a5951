"""Run the examples that rule files carry: what must hit hits, what must miss stays silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.parse import Example as FactExample
from service.rulebook.book import RuleBook
from service.rulebook.rule import Example as RuleExample
from service.rulebook.rule import Rule
from service.vocabulary import Platform


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example tried. `expect` is hit, miss or todo; a todo that hits is good news, not a failure."""

    file: str
    line: int
    subject: str
    expect: str
    text: str
    hit: bool

    @property
    def passed(self) -> bool:
        """Whether the file's promise holds."""
        return self.expect == "todo" or self.hit == (self.expect == "hit")


def try_fact_example(example: FactExample, reader: Reader) -> Outcome:
    """Read an example and see whether its fact is found."""
    hit = shows(reader.read_facts(example.text), example.fact, example.kind)
    return Outcome(example.file, example.line, f"{example.fact} {example.kind}", example.expect, example.text, hit)


def shows(facts: Facts, fact: str, kind: str) -> bool:
    """Whether a fact of a kind was read."""
    found: dict[str, object] = {
        "ask": {ask.kind for ask in facts.asks},
        "claim": {claim.kind for claim in facts.claims},
        "signal": {signal.kind for signal in facts.signals},
        "stage": {facts.stage},
        "role": {facts.role},
        "site": {facts.platform},
        "future": {"after_contract"} if facts.future else set(),
    }
    return kind in found[fact]  # type: ignore[operator]


def try_rule_example(rule: Rule, example: RuleExample, platform: Platform, reader: Reader, book: RuleBook) -> Outcome:
    """Judge an example on a site and see whether the rule is among the findings, with the verdict it promises."""
    holds = judge_rule_example(rule, example, platform, reader.read_facts(example.text), book)
    hit = holds == (example.expect == "hit")
    return Outcome(rule.file, example.line, rule.id, example.expect, example.text, hit)


def judge_rule_example(rule: Rule, example: RuleExample, platform: Platform, facts: Facts, book: RuleBook) -> bool:
    """Whether what a row's example promises holds for the facts read from it."""
    day = example.as_of or rule.effective_until or date.max
    judgement = book.judge(facts, platform=platform, stage=example.stage, as_of=day)
    hit = any(finding.rule == rule.id for finding in judgement.findings)
    return hit == (example.expect == "hit") and example.verdict in ("", judgement.verdict)


def try_examples(examples: Sequence[FactExample], reader: Reader, book: RuleBook) -> Iterator[Outcome]:
    """Try every example of the fact files and of the tables, in their order."""
    for example in examples:
        yield try_fact_example(example, reader)
    for platform, rules in list_tables(book):
        for rule in rules:
            for each in rule.examples:
                yield try_rule_example(rule, each, platform, reader, book)


def list_tables(book: RuleBook) -> list[tuple[Platform, tuple[Rule, ...]]]:
    """Return every table with the site its examples are judged on; common rows are judged on CrowdWorks."""
    sites = [(site.platform, site.rules) for site in book.sites.values()]
    return [("crowdworks", book.common), *sites]


def count_examples(examples: Sequence[FactExample], book: RuleBook) -> int:
    """Return how many examples there are."""
    return len(examples) + sum(len(rule.examples) for _, rules in list_tables(book) for rule in rules)
