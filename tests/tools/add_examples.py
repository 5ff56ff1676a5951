"""Write the examples that broken rules are noticed by into the rule files: `uv run python -m tests.tools.add_examples FILE…`.

The files are labelled messages (or harmless lines, .txt). What is added is shown by `git diff`, to be read by a person.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

from service.cli.rules_test import try_mutants
from service.evaluation.suggest import Suggestion
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import judge_rule_example, list_tables
from service.rulebook.mutants import Mutant
from service.wiring.book import LoadedRules, load_rule_files

ROOT = Path(__file__).parents[2]
LONGEST = 260  # characters: an example is read by people


def main() -> None:
    """Try every mutant, and write an example for each that survives, where one was found."""
    loaded = load_rule_files()
    tried = try_mutants(loaded, sys.argv[1:])
    survivors = [(mutant, found) for mutant, noticed, found in tried if not noticed]
    said = sum(say_verdict(mutant, loaded) for mutant, _ in survivors if mutant.kind == "verdict")
    found = dict.fromkeys(each for mutant, each in survivors if each and mutant.kind != "verdict")
    added = sum(add_example(each) for each in found if len(each.text) <= LONGEST)
    print(f"{len(tried)} mutants, {len(survivors)} survived; {said} verdicts said, {added} examples added")


def say_verdict(mutant: Mutant, loaded: LoadedRules) -> bool:
    """Add `verdict:` to the first example of a row that gets the row's own verdict."""
    assert mutant.rule is not None
    line = _find_example(loaded, mutant.rule.id)
    if not line:
        return False
    path = ROOT / mutant.file
    lines = path.read_text(encoding="utf-8").split("\n")
    at, verdict = line - 1, _find_verdict(loaded.rules, mutant.rule.id)
    if not lines[at].rstrip().endswith("}") or "verdict:" in lines[at]:
        return False
    lines[at] = lines[at].rstrip()[:-1] + f", verdict: {verdict}}}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return True


def _find_example(loaded: LoadedRules, name: str) -> int:
    for platform, rules in list_tables(loaded.rules):
        for rule in rules:
            for example in rule.examples if rule.id == name else ():
                facts = loaded.reader.read_facts(example.text)
                day = example.as_of or rule.effective_until or date.max
                judged = loaded.rules.judge(facts, platform=platform, stage=example.stage, as_of=day)
                held = judge_rule_example(rule, example, platform, facts, loaded.rules)
                if example.expect == "hit" and held and judged.verdict == rule.verdict:
                    return example.line
    return 0


def _find_verdict(book: RuleBook, name: str) -> str:
    return next(rule.verdict for _, rules in list_tables(book) for rule in rules if rule.id == name)


def add_example(found: Suggestion) -> bool:
    """Put an example at the end of its list; return whether it was not there yet."""
    text = json.dumps(found.text, ensure_ascii=False)
    path = ROOT / found.file if found.rule else _open_file(ROOT / found.file)
    lines = path.read_text(encoding="utf-8").split("\n")
    if found.rule:
        verdict = f", verdict: {found.verdict}" if found.verdict else ""
        line, indent = f"- {{text: {text}, stage: {found.stage}{verdict}}}", 8
        first = next(n for n, each in enumerate(lines) if each.strip() == f"- id: {found.rule.split('/')[1]}")
    else:
        line, indent, first = f"- {text}", 4, 0
    start = next(n for n in range(first, len(lines)) if lines[n].strip() == "examples:")
    if any(text in each for each in lines[start:] if not found.rule):
        return False
    return _insert(path, lines, _find_list(lines, start, found.expect, indent), " " * indent + line)


def _open_file(facts: Path) -> Path:
    """Return the file of further examples that stands beside a fact file; begin it where there is none."""
    path = facts.parents[1] / "examples" / facts.name
    if not path.exists():
        fact, kind = (
            re.findall(rf"^{key}: (\S+)", facts.read_text(encoding="utf-8"), flags=re.M)[0] for key in ("fact", "kind")
        )
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"fact: {fact}\nkind: {kind}\nexamples:\n  hit:\n  miss:\n", encoding="utf-8")
    return path


def _find_list(lines: list[str], start: int, expect: str, indent: int) -> int:
    """Return the number of the line behind the list of hits or misses; 0 where there is no such list."""
    head = " " * (indent - 2) + f"{expect}:"
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and len(lines[number]) - len(lines[number].lstrip()) < indent - 2:
            return 0
        if lines[number] == head:
            end = number + 1
            while end < len(lines) and lines[end].startswith(" " * indent + "-"):
                end += 1
            return end
    return 0


def _insert(path: Path, lines: list[str], at: int, line: str) -> bool:
    if not at:
        return False
    lines.insert(at, line)
    path.write_text("\n".join(lines), encoding="utf-8")
    return True


if __name__ == "__main__":
    main()
