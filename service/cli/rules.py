"""`kotowari rules`: check the rule files, run their examples, show them as tables, compare editions."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from datetime import date, timedelta

from service.adapters.days import read_day, today
from service.cli.rules_test import run_test
from service.cli.screen import find_screen
from service.errors import RuleFileError, UnknownOption
from service.rendering.rule_table import render_differences, render_table
from service.rulebook.diff import compare_editions
from service.rulebook.lint import lint_book
from service.rulebook.stale import list_stale, list_standings
from service.wiring.book import LoadedRules, load_rule_files


def run(options: Namespace) -> int:
    """Run one of the parts and return the exit code."""
    try:
        loaded = load_rule_files()
    except RuleFileError as error:
        if options.part != "lint":
            raise
        print(error)  # what does not even load is the first thing a check has to tell
        return 1
    return {"lint": _lint, "test": run_test, "show": _show, "diff": _diff, "stale": _stale}[options.part](
        options, loaded
    )


def _lint(options: Namespace, loaded: LoadedRules) -> int:
    problems = lint_book(loaded.reader, loaded.examples, loaded.rules, today=today())
    for problem in problems:
        word = "誤り" if problem.grave else "注意"
        print(f"{problem.file}:{problem.line}: {word}: {problem.message} → {problem.remedy}")
    grave = sum(problem.grave for problem in problems)
    rules = len(loaded.rules.common) + sum(len(site.rules) for site in loaded.rules.sites.values())
    mild = len(problems) - grave
    patterns, terms = len(loaded.reader.patterns), len(loaded.reader.matcher.terms)
    print(f"{rules}のルール、{patterns}の読み取り方、{terms}の語彙を確かめました: 誤り {grave}、注意 {mild}")
    return 1 if grave else 0


def _show(options: Namespace, loaded: LoadedRules) -> int:
    loaded.rules.require_site(options.platform)
    screen = find_screen(sys.stdout, os.environ)
    day = _day(options.as_of)
    sys.stdout.write(render_table(loaded.rules, options.platform, day, width=screen.width, colour=screen.colour))
    return 0


def _diff(options: Namespace, loaded: LoadedRules) -> int:
    screen = find_screen(sys.stdout, os.environ)
    start, end = _day(options.start), _day(options.end)
    differences = compare_editions(loaded.rules, start=start, end=end)
    sys.stdout.write(render_differences(differences, start, end, width=screen.width, colour=screen.colour))
    return 0


def _stale(options: Namespace, loaded: LoadedRules) -> int:
    if options.days < 0:
        raise UnknownOption(f"--days {options.days} は使えません。0以上の整数で書いてください。")
    day, book = today(), loaded.rules
    stale = list_stale(book, day, timedelta(days=options.days))
    for each in stale:
        unread = "" if each.source.confirmed else "・原文は未確認"
        print(
            f"{each.source.checked_on}（{each.days}日前{unread}） {each.id}: {each.source.title}\n    {each.source.url}"
        )
        print(f"    この出典に立つルール: {'、'.join(each.rules) or 'なし'}")
    oldest = list_standings(book, day)[0].source.checked_on
    told = (
        f"{options.days}日より前に確かめた出典: {len(book.sources)}のうち{len(stale)}。最も古い確認日は {oldest} です。"
    )
    remedy = " 読み直したら、rules/sources.yaml の checked_on を直してください。" if stale else ""
    print(told + remedy)
    return 1 if stale else 0


def _day(value: str | None) -> date:
    return read_day(value) if value else today()
