"""The desk's try-it box: a text, and the whole way from its words to the verdict. Nothing of it is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from service.channels.operator.desk import Desk
from service.consultation import consult
from service.errors import InputError
from service.intake.message import make_message
from service.rendering.names import STAGE_NAMES
from service.rendering.operator.trace import trace_answer
from service.rendering.operator.words import FACT_NAMES, name_sites


def make_trial(desk: Desk) -> APIRouter:
    """Return the try-it box and its answer."""
    router = APIRouter()
    choices: dict[str, Any] = {
        "platforms": name_sites(desk.book.rules),
        "stages": STAGE_NAMES,
        "fact_names": FACT_NAMES,
    }

    @router.get("/operator/try", dependencies=desk.inside())
    def ask(request: Request) -> Response:
        return desk.show(request, "try.html", trace=None, told="", text="", platform="", stage="", **choices)

    @router.post("/operator/try", dependencies=desk.inside_with_form())
    def answer(
        request: Request,
        text: Annotated[str, Form()] = "",
        platform: Annotated[str, Form()] = "",
        stage: Annotated[str, Form()] = "",
    ) -> Response:
        asked: dict[str, Any] = {"text": text, "platform": platform, "stage": stage}
        try:
            message = make_message(text, as_of=desk.today(), platform=platform or None, stage=stage or None)
            trace = trace_answer(message, consult(message, desk.book), desk.book)
        except InputError as error:
            return desk.show(request, "try.html", status=422, trace=None, told=str(error), **asked, **choices)
        return desk.show(request, "try.html", trace=trace, told="", **asked, **choices)

    return router
