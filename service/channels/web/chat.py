"""The chat at `/`: a form that works without script, the same talk as a stream for pages with script, and opinions."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from service.channels.rate_limit import name_address
from service.channels.told import tell
from service.channels.web.consulting import Counter, Sent
from service.channels.web.languages import choose_language
from service.channels.web.pages import Pages
from service.channels.web.stream import stream_answer
from service.channels.web.turn import Turn, read_turn
from service.dialogue.situation import Situation
from service.errors import InputError
from service.guard.reply import admit_template
from service.intake.message import LONGEST_TEXT
from service.rendering.line.talk import Talk
from service.rendering.web.texts import UiLanguage
from service.vocabulary import PLATFORMS

_STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not hold the events back
_MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Chat:
    """What the chat is made of. `sent` tells what a model gets to see."""

    counter: Counter
    pages: Pages
    talk: Talk
    sent: Sent = "nothing"
    days: int = 30  # how long masked texts of unclear cases are kept

    def make_router(self) -> APIRouter:
        """Return the chat's addresses."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.open, methods=["GET", "HEAD"])
        router.add_api_route("/", self.answer, methods=["POST"])
        router.add_api_route("/chat", self.stream, methods=["POST"])
        router.add_api_route("/feedback", self.rate, methods=["POST"])
        return router

    async def open(self, request: Request) -> Response:
        """Show the empty page."""
        return self._page(request, Turn("", Situation()))

    async def answer(self, request: Request) -> Response:
        """Answer a form that was sent without script."""
        turn = read_turn(await _read_form(request))
        if turn.note == "reset":
            return RedirectResponse("/", 303)
        if not turn.text and turn.note:
            return self._page(request, turn)
        try:
            consulted = await self.counter.consult(turn)
        except InputError as error:
            told = self._explain(error, turn, choose_language(request))
            return self._page(request, turn, status=422, error=told)
        if consulted.is_small_talk:
            return self._page(request, turn.answer_small_talk())
        await self.counter.observe(consulted, admit_template(consulted.answer))
        return self._page(request, turn, view=consulted.show_rules())

    async def stream(self, request: Request) -> Response:
        """Answer the page's script: a stream of events, or a note as JSON where there is nothing to judge."""
        turn = read_turn(await _read_form(request))
        language = choose_language(request)
        if turn.note and not turn.text:
            return JSONResponse(self._tell_note(turn, language))
        try:
            consulted = await self.counter.consult(turn)
        except InputError as error:
            return tell(422, self._explain(error, turn, language))
        if consulted.is_small_talk:
            return JSONResponse(self._tell_note(turn.answer_small_talk(), language))
        draw = partial(self.pages.fill, language=language, **self._values(turn), live=True)
        events = stream_answer(self.counter, consulted, draw, turn=turn, visitor=name_address(request.scope))
        return StreamingResponse(events, media_type="text/event-stream", headers=_STREAM)

    async def rate(self, request: Request) -> Response:
        """Keep a reader's opinion of an answer; with 違った, also the masked text, so that somebody can look."""
        form = await _read_form(request)
        useful, id = form.get("useful") == "1", str(form.get("id", ""))[:40]
        observer = self.counter.consultant.observer
        known = await anyio.to_thread.run_sync(partial(observer.rate, id, useful=useful))
        if known and not useful:
            await self._look_again(form, id)
        name = ("useful" if useful else "wrong") if known else "unknown"
        told = self.pages.texts_for(request).say(f"rated.{name}")
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"message": told})
        return self.pages.render(
            request, "problem.html", heading=self.pages.texts_for(request).say("rated.title"), told=told
        )

    async def _look_again(self, form: Mapping[str, str], id: str) -> None:
        with suppress(InputError):  # the opinion is kept; without the text there is nothing more to look at
            await self.counter.observe_wrong(read_turn(form), id)

    def _page(
        self, request: Request, turn: Turn, *, status: int = 200, view: object = None, error: str = ""
    ) -> Response:
        values = self._values(turn) | {"view": view, "error": error, "live": False}
        return self.pages.render(request, "chat/page.html", status=status, **values)

    def _values(self, turn: Turn) -> dict[str, Any]:
        return {
            "turn": turn,
            "situation": turn.situation,
            "sites": PLATFORMS,
            "deed_sentences": self.talk.done_sentences,
            "longest": LONGEST_TEXT,
            "sent": self.sent,
            "days": self.days,
        }

    def _explain(self, error: InputError, turn: Turn, language: UiLanguage) -> str:
        """Say in the visitor's language what cannot be judged."""
        slots = {"count": f"{len(turn.text):,}", "longest": f"{LONGEST_TEXT:,}"}
        return self.pages.texts[language].say(f"wrong.{type(error).__name__}", **slots)

    def _tell_note(self, turn: Turn, language: UiLanguage) -> dict[str, object]:
        html = self.pages.fill("chat/note.html", language, **self._values(turn), live=True)
        situation = {name: getattr(turn.situation, name) for name in ("platform", "stage", "register")}
        return {"note": turn.note, "html": html, "situation": situation}


async def _read_form(request: Request) -> Mapping[str, str]:
    """Return the fields as a browser sends them; what cannot be read is refused."""
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(422) from error
