"""All of the desk's addresses: its pages where a token is set, a word on how to open it where none is."""

from __future__ import annotations

from fastapi import APIRouter

from service.channels.operator.cases import make_cases, make_examples
from service.channels.operator.desk import Desk
from service.channels.operator.entrance import make_entrance
from service.channels.operator.overview import make_overview
from service.channels.operator.rule_pages import make_rule_pages
from service.channels.operator.trial import make_trial


def make_desk_router(desk: Desk) -> APIRouter:
    """Return every page of the desk."""
    router = APIRouter(include_in_schema=False)
    for make in (make_entrance, make_overview, make_cases, make_examples, make_rule_pages, make_trial):
        router.include_router(make(desk))
    return router
