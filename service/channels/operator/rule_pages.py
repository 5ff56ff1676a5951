"""The desk's rule book: tables with their sources, what fires and what never does, what changed between two days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.adapters.days import read_day
from service.adapters.figures import read_figures
from service.channels.operator.desk import Desk
from service.errors import InputError
from service.rendering.operator.overview import list_days
from service.rendering.operator.rule_view import (
    COMMON,
    list_tabs,
    view_changes,
    view_coverage,
    view_sources,
    view_table,
)
from service.rulebook.coverage import count_fired


def make_rule_pages(desk: Desk) -> APIRouter:
    """Return the pages of the rule book."""
    router = APIRouter()
    rules = desk.book.rules
    tabs = list_tabs(rules)

    @cache  # the book does not change while the service runs
    def count_examples() -> Counter[str]:
        return count_fired(desk.book.reader, rules)

    @router.get("/operator/rules", dependencies=desk.inside())
    def show_table(request: Request, site: str = COMMON) -> Response:
        chosen = site if site in dict(tabs) else COMMON
        rows = view_table(rules, chosen, desk.today())
        about = next((each.about for each in rules.sites.values() if each.platform == chosen), "")
        return desk.show(request, "rules.html", tabs=tabs, chosen=chosen, rows=rows, about=about, edition=rules.edition)

    @router.get("/operator/rules/sources", dependencies=desk.inside())
    def show_sources(request: Request) -> Response:
        return desk.show(request, "sources.html", sources=view_sources(rules, desk.today()))

    @router.get("/operator/rules/coverage", dependencies=desk.inside())
    def show_coverage(request: Request) -> Response:
        today = desk.today()
        figures = read_figures(desk.engine, start=list_days(today)[0], end=today)
        covered = view_coverage(rules, figures.total("rule"), count_examples(), today)
        return desk.show(request, "coverage.html", covered=covered, answers=figures.total("answer")[""])

    @router.get("/operator/rules/changes", dependencies=desk.inside())
    def show_changes(request: Request, start: str = "", end: str = "") -> Response:
        first, told_first = _read(start, date(2020, 10, 19))
        last, told_last = _read(end, desk.today())
        told = told_first or told_last
        changes = () if told else view_changes(rules, start=first, end=last)
        return desk.show(request, "changes.html", start=first, end=last, changes=changes, told=told)

    return router


def _read(text: str, default: date) -> tuple[date, str]:
    """Return a day, and what is wrong with the one that was written."""
    try:
        return (read_day(text) if text else default), ""
    except InputError as error:
        return default, str(error)
