"""Snippet: a case as a ready line for a rule file's examples, with the file and place it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from service.consultation import Book
from service.facts.parse import Example as FactExample
from service.observation import Case
from service.rendering.names import ASK_NAMES
from service.rendering.quoted_yaml import quote_yaml
from service.rulebook.check_examples import list_tables, try_fact_example, try_rule_example
from service.rulebook.rule import Example as RuleExample
from service.rulebook.rule import Rule
from service.vocabulary import STAGES, Platform, Stage

Expect = Literal["hit", "miss", "todo"]
EXPECTS: tuple[Expect, ...] = get_args(Expect)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of YAML and where it goes. `rule` is empty for a fact file; `holds`: the promise is kept already."""

    file: str  # rules/facts/call.yaml
    rule: str  # the row's own id, without its site
    expect: Expect
    line: str
    holds: bool

    def to_text(self) -> str:
        """Return the snippet as it is copied or downloaded: a comment, then the line in its place."""
        place = f"rules: の {self.rule} の examples: {self.expect}:" if self.rule else f"examples: {self.expect}:"
        margin = "        " if self.rule else "    "
        head = f"# {self.file} の {place} の下に、次の1行を足します。"
        return f"{head}\n{margin}{self.line}\n"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something an example can be about: `ask:call` or `rule:crowdworks/…`."""

    value: str
    name: str
    group: str


def list_choices(book: Book, case: Case) -> tuple[Choice, ...]:
    """Return what an example of this case can be about, what was found in it first."""
    asks = [Choice(f"ask:{kind}", name, "頼みごとの読み取り") for kind, name in ASK_NAMES.items()]
    rows = [Choice(f"rule:{rule.id}", rule.title, "ルールの行") for rule, _ in _list_rows(book, case)]
    found = {*(f"ask:{kind}" for kind in case.asks), *(f"rule:{rule}" for rule in case.rules)}
    return tuple(
        sorted((*asks, *rows), key=lambda choice: (choice.group != "頼みごとの読み取り", choice.value not in found))
    )


def suggest(case: Case) -> tuple[str, str]:
    """Return what an example would most likely be about, and what it should promise."""
    if case.unclear == "rated_wrong":
        about = f"rule:{case.rules[0]}" if case.rules else ""
        return about, "miss"
    return (f"ask:{case.asks[0]}" if case.asks else ""), "hit"


def make_snippet(book: Book, case: Case, *, about: str, expect: str) -> Snippet | None:
    """Return the line for a case, or None where the choice does not exist or no text was kept."""
    if expect not in EXPECTS or not case.text:
        return None
    kind, _, name = about.partition(":")
    if kind == "ask":
        return _make_fact_snippet(book, case, name, expect)
    if kind == "rule" and expect != "todo":
        return _make_row_snippet(book, case, name, expect)
    return None


def _make_fact_snippet(book: Book, case: Case, kind: str, expect: Expect) -> Snippet | None:
    file = next((each.file for each in book.reader.patterns if each.fact == "ask" and each.kind == kind), None)
    if file is None:
        return None
    outcome = try_fact_example(FactExample(case.text, expect, "ask", kind, file, 0), book.reader)
    return Snippet(file, "", expect, f"- {quote_yaml(case.text)}", outcome.passed)


def _make_row_snippet(book: Book, case: Case, name: str, expect: Expect) -> Snippet | None:
    found = next(((rule, site) for rule, site in _list_rows(book, case) if rule.id == name), None)
    if found is None:
        return None
    rule, site = found
    stage: Stage = case.stage if case.stage in STAGES else "unknown"
    example = RuleExample(case.text, expect, stage, _day_of(case), rule.line)
    outcome = try_rule_example(rule, example, site, book.reader, book.rules)
    line = f"- {{text: {quote_yaml(case.text)}, stage: {stage}}}"
    return Snippet(rule.file, rule.id.partition("/")[2], expect, line, outcome.passed)


def _list_rows(book: Book, case: Case) -> Iterator[tuple[Rule, Platform]]:
    """Yield the rows in force that could judge the case, each with the site its examples are tried on."""
    day = _day_of(case)
    for tried_on, rules in list_tables(book.rules):
        if rules is book.rules.common or tried_on == case.platform:
            yield from ((rule, tried_on) for rule in rules if rule.holds_on(day))


def _day_of(case: Case) -> date:
    return date.fromisoformat(case.day)
