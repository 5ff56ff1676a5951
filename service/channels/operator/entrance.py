"""The desk's entrance: login, logout, and what is said where the desk is off."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.channels.operator.desk import COOKIE, HOME, LOGIN, Desk, keep_visitor, read_visitor
from service.channels.operator.gate import ATTEMPTS_PER_MINUTE
from service.channels.rate_limit import Allowance, name_address
from service.channels.web.pages import Pages

_logger = logging.getLogger(__name__)


def make_entrance(desk: Desk) -> APIRouter:
    """Return login and logout."""
    router = APIRouter()
    allowance = Allowance(ATTEMPTS_PER_MINUTE, desk.clock)

    @router.get("/operator")
    def lead_home() -> Response:
        return RedirectResponse(HOME, 307)

    @router.get("/operator/login")
    def ask_token(request: Request) -> Response:
        if desk.gate.is_inside(read_visitor(request)):
            return RedirectResponse(HOME, 303)
        return desk.show(request, "login.html", told="")

    @router.post("/operator/login", dependencies=[Depends(desk.check_form)])
    def enter(request: Request, token: Annotated[str, Form()] = "") -> Response:
        if allowance.take(name_address(request.scope)):
            _logger.warning("operator_login outcome=too_many")
            return desk.show(request, "login.html", status=429, told="too_many")
        if not desk.gate.admits(token.strip()):
            _logger.warning("operator_login outcome=wrong")
            return desk.show(request, "login.html", status=403, told="wrong")
        response = RedirectResponse(HOME, 303)
        keep_visitor(request, response, desk.gate.enter())
        return response

    @router.post("/operator/logout", dependencies=desk.inside_with_form())
    def leave(request: Request) -> Response:
        desk.gate.leave(read_visitor(request))
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(COOKIE, path="/operator", httponly=True, samesite="strict")
        return response

    return router


def make_closed_router(pages: Pages) -> APIRouter:
    """Return the desk's addresses where no token is set: nothing is there, and how to open it is told."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/operator", methods=["GET", "POST"])
    @router.api_route("/operator/{path:path}", methods=["GET", "POST"])
    def tell_closed(request: Request, path: str = "") -> Response:
        return pages.render(request, "operator/closed.html", language="ja", status=404)

    return router
