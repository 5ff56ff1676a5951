"""Desk: what every page of the operator's stands on, and how each is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from service.adapters.days import day_of
from service.channels.operator.gate import SESSION_SECONDS, Gate, make_visitor
from service.channels.web.pages import Pages
from service.consultation import Book
from service.rendering.operator.words import name_kind
from service.vocabulary import BADGES

COOKIE = "kotowari_operator"
HOME = "/operator/"
LOGIN = "/operator/login"


@dataclass(frozen=True, slots=True)
class Desk:
    """The gate, the pages, the rules, and where the figures are; `month_budget` in US dollars for the model."""

    gate: Gate
    pages: Pages
    book: Book
    engine: Engine
    rules_dir: Path
    clock: Callable[[], float]
    month_budget: float

    def today(self) -> date:
        """Return the day in Japan."""
        return day_of(self.clock())

    def show(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page of the desk; its forms are sealed for this visitor."""
        visitor = read_visitor(request) or make_visitor()
        seal = self.gate.seal_form(visitor)
        name = f"operator/{template}"
        shown = {"seal": seal, "say": name_kind, "badges": BADGES, "path": request.url.path} | values
        response = self.pages.render(request, name, language="ja", status=status, **shown)
        if not read_visitor(request):
            keep_visitor(request, response, visitor)
        return response

    def check_inside(self, request: Request) -> None:
        """Send a visitor without an open session to the login."""
        if not self.gate.is_inside(read_visitor(request)):
            raise HTTPException(303, headers={"Location": LOGIN})

    def check_form(self, request: Request, seal: Annotated[str, Form()] = "") -> None:
        """Refuse a form that was not made for this visitor."""
        if not self.gate.knows_form(read_visitor(request), seal):
            raise HTTPException(403)

    def inside(self) -> list[Any]:
        """Return what guards a page."""
        return [Depends(self.check_inside)]

    def inside_with_form(self) -> list[Any]:
        """Return what guards a form's address."""
        return [Depends(self.check_inside), Depends(self.check_form)]


def read_visitor(request: Request) -> str:
    """Return the visitor's word, or nothing."""
    return request.cookies.get(COOKIE, "")[:100]


def keep_visitor(request: Request, response: Response, visitor: str) -> None:
    """Let the browser keep a visitor's word: for the desk's addresses, out of reach of scripts and other sites."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, visitor, SESSION_SECONDS, path="/operator", httponly=True, samesite="strict", secure=secure
    )
