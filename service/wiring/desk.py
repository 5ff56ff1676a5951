"""The operator's desk, opened by its token; without one its addresses say that it is closed."""

from __future__ import annotations

from fastapi import APIRouter

from service.adapters.files import rules_folder
from service.adapters.operator_sessions import OperatorSessions
from service.channels.operator.desk import Desk
from service.channels.operator.entrance import make_closed_router
from service.channels.operator.gate import Gate
from service.channels.operator.router import make_desk_router
from service.channels.web.pages import Pages
from service.wiring.parts import Parts


def open_desk(parts: Parts, pages: Pages) -> APIRouter:
    """Return the desk's addresses."""
    if not parts.settings.operator_token or parts.database is None:
        return make_closed_router(pages)
    gate = Gate(parts.settings.operator_token, OperatorSessions(parts.database), parts.clock)
    folder = rules_folder(parts.settings.rules_dir)
    budget = parts.settings.model_month_budget
    return make_desk_router(Desk(gate, pages, parts.consultant.book, parts.database, folder, parts.clock, budget))
