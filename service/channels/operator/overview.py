"""The desk's first page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.adapters.figures import read_figures
from service.channels.operator.desk import Desk
from service.rendering.operator.overview import DAYS, list_days, make_charts, make_tiles


def make_overview(desk: Desk) -> APIRouter:
    """Return the page of numbers and charts."""
    router = APIRouter()

    @router.get("/operator/", dependencies=desk.inside())
    def show(request: Request) -> Response:
        today = desk.today()
        figures = read_figures(desk.engine, start=list_days(today)[0], end=today)
        month = figures if today.day <= DAYS else read_figures(desk.engine, start=today.replace(day=1), end=today)
        return desk.show(
            request,
            "overview.html",
            today=today,
            tiles=make_tiles(figures, today, month=month.spent_in(today), budget=desk.month_budget),
            charts=make_charts(figures, today),
            empty=not figures.total("answer")[""],
        )

    return router
