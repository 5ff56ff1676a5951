"""`kotowari rules test`: run the examples that the rule files carry, and see whether they notice broken rules."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import cache

from service.adapters.labelled_files import cut_file, read_cases
from service.adapters.processes import spread
from service.cli.progress import show_progress
from service.errors import RuleFileError
from service.evaluation.suggest import Known, Suggestion, find_suggestion, know_cases
from service.rulebook.check_examples import Outcome, count_examples, try_examples
from service.rulebook.mutants import KINDS, Mutant, list_mutants
from service.rulebook.mutate import Ground
from service.wiring.book import LoadedRules, load_rule_files

Tried = tuple[Mutant, bool, Suggestion | None]  # a change, whether it was noticed, what would notice it
_PIECE = 8  # mutants handed to a process at a time


def run_test(options: Namespace, loaded: LoadedRules) -> int:
    """Run the examples; with --mutate, tell which small changes none of them notices."""
    outcomes: list[Outcome] = []
    with show_progress("例を試しています", count_examples(loaded.examples, loaded.rules)) as step:
        for outcome in try_examples(loaded.examples, loaded.reader, loaded.rules):
            outcomes.append(outcome)
            step()
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        said = "当たるはずの例が当たりません" if outcome.expect == "hit" else "当たらないはずの例が当たりました"
        print(f"{outcome.file}:{outcome.line}: {outcome.subject}: {said} → 「{outcome.text[:60]}」")
    learned = [outcome for outcome in outcomes if outcome.expect == "todo" and outcome.hit]
    for outcome in learned:
        where = f"{outcome.file}:{outcome.line}: {outcome.subject}"
        print(f"{where}: todo の例が当たるようになりました → hit へ移してください")
    todo = sum(outcome.expect == "todo" for outcome in outcomes)
    print(f"例: {len(outcomes) - len(failed)} 合格、{len(failed)} 不合格（うち今後の課題 {todo}）")
    if failed or not options.mutate:  # with an example failing already, every change would seem noticed
        return 1 if failed else 0
    share = _report_mutants(try_mutants(loaded, options.suggest))
    if share < options.least:
        print(f"kotowari: 例が気づく変異は {share:.1%} で、下限の {options.least:.1%} に届きません", file=sys.stderr)
    return 1 if share < options.least else 0


def try_mutants(loaded: LoadedRules, corpora: Sequence[str]) -> list[Tried]:
    """Return every mutant, whether an example notices it, and a message of the corpora that would."""
    mutants = list_mutants(loaded.reader, loaded.rules)
    pieces = [(tuple(mutants[first : first + _PIECE]), tuple(corpora)) for first in range(0, len(mutants), _PIECE)]
    tried: list[Tried] = []
    with show_progress("ルールを壊して試しています", len(pieces)) as step:
        for part in spread(_try_piece, pieces):
            tried += part
            step()
    return tried


def _report_mutants(tried: Sequence[Tried]) -> float:
    """Print the survivors and the shares; return the share of all that was noticed."""
    for mutant, noticed, suggestion in tried:
        if not noticed:
            print(f"{mutant.file}:{mutant.line}: どの例も気づきません: {mutant.change} → 足す例: {mutant.wanted}")
            if suggestion:
                print(f"    候補（{suggestion.place}）{suggestion.expect}: {suggestion.text!r}")
    for kind, name in KINDS.items():
        told = [noticed for mutant, noticed, _ in tried if mutant.kind == kind]
        if told:
            print(f"  {name}: {sum(told)}/{len(told)}（{sum(told) / len(told):.0%}）")
    total = sum(noticed for _, noticed, _ in tried)
    print(f"変異: {len(tried)}のうち{total}に例が気づきました（{total / max(1, len(tried)):.1%}）")
    return total / max(1, len(tried))


def _try_piece(piece: tuple[tuple[Mutant, ...], tuple[str, ...]]) -> list[Tried]:
    mutants, corpora = piece
    ground, tried = _prepare(), []
    for mutant in mutants:
        noticed = ground.is_noticed(mutant)
        suggestion = None if noticed or not corpora else find_suggestion(mutant, ground, _load_corpus(corpora))
        tried.append((mutant, noticed, suggestion))
    return tried


@cache
def _prepare() -> Ground:
    """Load the rules and read their examples once a process."""
    loaded = load_rule_files()
    return Ground(loaded.reader, loaded.rules, loaded.examples)


@cache
def _load_corpus(files: tuple[str, ...]) -> list[Known]:
    cases = [case for file in files for chunk in cut_file(file) for case in read_cases(chunk)]
    return know_cases([case for case in cases if not isinstance(case, RuleFileError)], _prepare().reader)
