"""Measure the rules over a file of labelled messages, as `kotowari evaluate` does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from service.adapters.labelled_files import cut_file, read_cases
from service.consultation import Book
from service.errors import RuleFileError
from service.evaluation.case import Case
from service.evaluation.judge import judge_case
from service.evaluation.report import Report, make_report

AS_OF = date(2026, 11, 24)


def load_cases(path: Path) -> list[Case]:
    """Return every labelled message of a file; a broken one stops the test."""
    cases = []
    for chunk in cut_file(str(path)):
        for case in read_cases(chunk):
            if isinstance(case, RuleFileError):
                raise case
            cases.append(case)
    return cases


# Two tests ask for the same; a book is kept beside its report, so that its id stays its own.
_measured: dict[tuple[Path, int], tuple[Book, Report]] = {}


def measure(path: Path, book: Book) -> Report:
    """Judge every message of a file and count; once for each book."""
    key = path, id(book)
    if key not in _measured:
        judged = [judge_case(case, book, AS_OF) for case in load_cases(path)]
        _measured[key] = book, make_report(judged, edition=book.rules.edition, as_of=AS_OF)
    return _measured[key][1]
