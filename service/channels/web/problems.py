"""What a browser is told when there is no answer: a kind page; programs get the JSON."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from service.channels.told import Teller, tell, tell_in_json
from service.channels.web.pages import Pages

_NAMES = {403: "refused", 404: "not_found", 405: "method", 413: "too_large", 429: "too_many"}
_FOR_SCRIPT = ("/chat", "/feedback")  # asked by the page's own script: JSON in the visitor's language
_FOR_PROGRAMS = ("/api/", "/line/", "/healthz", "/readyz", "/metrics", "/openapi.json")


def make_teller(pages: Pages) -> Teller:
    """Return the teller for a service that has pages."""

    def tell_either(request: Request, status: int, *, seconds: int = 0) -> Response:
        wants_page, asks_by_script = _wants_page(request), request.url.path in _FOR_SCRIPT
        if not wants_page and not asks_by_script:
            return tell_in_json(request, status, seconds=seconds)
        name = f"problem.{_NAMES.get(status, 'broken')}"
        texts = pages.texts_for(request)
        if not wants_page:
            return tell(status, texts.say(f"{name}_told", seconds=seconds))
        values: dict[str, Any] = {"heading": texts.say(name), "told": texts.say(f"{name}_told", seconds=seconds)}
        return pages.render(request, "problem.html", status=status, **values)

    return tell_either


def _wants_page(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith(_FOR_PROGRAMS)
