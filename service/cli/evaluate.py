"""`kotowari evaluate`: judge labelled messages and show how well they are read."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from time import perf_counter

from service.adapters.days import read_day, today
from service.adapters.labelled_files import Chunk, cut_file, read_cases
from service.adapters.processes import spread
from service.cli.progress import show_progress
from service.cli.screen import find_screen, write_json
from service.consultation import Book
from service.errors import InputError, RuleFileError
from service.evaluation.floors import find_breaches, parse_floor
from service.evaluation.judge import Judged, judge_case
from service.evaluation.report import Report, make_report
from service.wiring.book import load_book

_WIDE = 120  # columns where nobody's window sets them
_FEWEST_PIECES = 4  # of 250 messages: fewer are judged sooner than a second process starts


def run(options: Namespace) -> int:
    """Judge every labelled message; return 1 where an entry is broken or a floor is not held."""
    floors = [parse_floor(text) for text in options.floor]
    as_of = read_day(options.as_of) if options.as_of is not None else today()
    report = evaluate(options.files, as_of)
    if options.html is not None:
        _write_page(report, options.html)
    if options.json:
        from service.rendering.evaluation_json import to_json_report

        write_json(to_json_report(report), indent=2)
    else:
        _print_tables(report)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    breaches = find_breaches(report, floors)
    for breach in breaches:
        print(f"kotowari: {breach}", file=sys.stderr)
    return 1 if report.problems or breaches else 0


def evaluate(files: Sequence[str], as_of: date) -> Report:
    """Return the report over every message of the files."""
    started = perf_counter()
    chunks = [chunk for file in files for chunk in cut_file(file)]
    is_long = len(chunks) >= _FEWEST_PIECES
    pieces = [(chunk, as_of, is_long) for chunk in chunks]
    judged: list[Judged] = []
    problems: list[str] = []
    edition = ""
    with show_progress("確かめています", len(pieces)) as step:
        for good, bad, edition in spread(_judge_piece, pieces, fewest=_FEWEST_PIECES):  # noqa: B007 (the same of all)
            judged += good
            problems += bad
            step()
    if not judged:
        raise InputError(" ".join(chain(problems[:1], ["使えるメッセージが1件もありません。"])))
    report = make_report(judged, edition=edition, as_of=as_of, problems=problems)
    return replace(report, seconds=perf_counter() - started)


@cache
def _load(is_long: bool) -> Book:
    """Load the rules once a process; a few messages are read sooner in Python than a machine is built."""
    book = load_book()
    if is_long:
        book.reader.warm_up()
    else:
        book.reader.build = None
    return book


def _judge_piece(piece: tuple[Chunk, date, bool]) -> tuple[list[Judged], list[str], str]:
    """Return what was read, what was broken, and the edition of the rules that judged."""
    chunk, as_of, is_long = piece
    book, judged, problems = _load(is_long), list[Judged](), list[str]()
    for case in read_cases(chunk):
        if isinstance(case, RuleFileError):
            problems.append(str(case))
        else:
            judged.append(judge_case(case, book, as_of))
    return judged, problems, book.rules.edition


def _write_page(report: Report, name: str) -> None:
    from service.rendering.evaluation_page import render_page

    try:
        Path(name).write_text(render_page(report), encoding="utf-8")
    except OSError as error:
        raise InputError(f"「{name}」に書けません。場所を確かめてください。") from error


def _print_tables(report: Report) -> None:
    from rich.console import Console

    from service.rendering.evaluation_table import show_report

    screen = find_screen(sys.stdout, os.environ)
    console = Console(
        file=sys.stdout,
        width=screen.width if sys.stdout.isatty() else _WIDE,
        no_color=not screen.colour,
        highlight=False,
    )
    for part in show_report(report):
        console.print(part)
