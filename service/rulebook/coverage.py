"""Coverage: how often each row decides over the examples that the tables carry."""

from __future__ import annotations

from collections import Counter
from datetime import date

from service.facts.extract import Reader
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import list_tables


def count_fired(reader: Reader, book: RuleBook) -> Counter[str]:
    """Return how many examples of all tables each row has a part in judging; a row that never fires counts zero."""
    fired: Counter[str] = Counter({rule.id: 0 for _, rules in list_tables(book) for rule in rules})
    for platform, rules in list_tables(book):
        for rule in rules:
            for example in rule.examples:
                day = example.as_of or rule.effective_until or date.max
                facts = reader.read_facts(example.text)
                judged = book.judge(facts, platform=platform, stage=example.stage, as_of=day)
                fired.update({finding.rule for finding in judged.findings})
    return fired
