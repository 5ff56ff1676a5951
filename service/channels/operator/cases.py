"""The desk's cases: what a person should look at, and each as an example for the rules."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from service.adapters.figures import find_case, read_cases, settle_case
from service.adapters.rule_writer import Place, add_example, is_writable
from service.channels.operator.desk import Desk
from service.errors import RuleFileError
from service.observation import Case
from service.rendering.operator.snippet import Snippet, list_choices, make_snippet, suggest
from service.rendering.operator.words import UNCLEAR_NAMES

_LIST = "/operator/cases"


def make_cases(desk: Desk) -> APIRouter:
    """Return the list of cases, and how a case is taken off it."""
    router = APIRouter()

    @router.get(_LIST, dependencies=desk.inside())
    def show_all(request: Request, reason: str = "", settled: str = "") -> Response:
        chosen = reason if reason in UNCLEAR_NAMES else ""
        cases = read_cases(desk.engine, reason=chosen)
        return desk.show(request, "cases.html", cases=cases, reason=chosen, reasons=UNCLEAR_NAMES, settled=settled)

    @router.post(_LIST + "/{id}/settle", dependencies=desk.inside_with_form())
    def settle(id: str) -> Response:
        settle_case(desk.engine, id)
        return RedirectResponse(f"{_LIST}?settled=yes", 303)

    return router


def make_examples(desk: Desk) -> APIRouter:
    """Return a case as an example: shown, downloaded, written into its file."""
    router = APIRouter()

    @router.get(_LIST + "/{id}", dependencies=desk.inside())
    def show_one(request: Request, id: str, about: str = "", expect: str = "", written: str = "") -> Response:
        return _show_case(desk, request, _find(desk, id), _choose(desk, id, about, expect), written=written)

    @router.get(_LIST + "/{id}/example.yaml", dependencies=desk.inside())
    def download(id: str, about: str = "", expect: str = "") -> Response:
        snippet = _make(desk, _find(desk, id), about, expect)
        headers = {"Content-Disposition": 'attachment; filename="example.yaml"'}
        return PlainTextResponse(snippet.to_text(), media_type="application/yaml; charset=utf-8", headers=headers)

    @router.post(_LIST + "/{id}/write", dependencies=desk.inside_with_form())
    def write(
        request: Request,
        id: str,
        about: Annotated[str, Form()] = "",
        expect: Annotated[str, Form()] = "",
        confirmed: Annotated[str, Form()] = "",
    ) -> Response:
        case = _find(desk, id)
        snippet = _make(desk, case, about, expect)
        told = _write(desk, snippet) if confirmed == "yes" else "書き込む前に、確認の欄に印を付けてください。"
        if told:
            return _show_case(desk, request, case, (about, expect), told=told, status=409)
        return RedirectResponse(f"{_LIST}/{id}?{urlencode({'about': about, 'expect': expect, 'written': 'yes'})}", 303)

    return router


def _find(desk: Desk, id: str) -> Case:
    case = find_case(desk.engine, id[:64])
    if case is None:
        raise HTTPException(404)
    return case


def _choose(desk: Desk, id: str, about: str, expect: str) -> tuple[str, str]:
    """Return the operator's choice, or what is suggested where none was made yet."""
    return (about, expect or "hit") if about else suggest(_find(desk, id))


def _make(desk: Desk, case: Case, about: str, expect: str) -> Snippet:
    snippet = make_snippet(desk.book, case, about=about, expect=expect)
    if snippet is None:
        raise HTTPException(404)
    return snippet


def _write(desk: Desk, snippet: Snippet) -> str:
    """Write a snippet into its file; return what went wrong, or nothing."""
    if not is_writable(desk.rules_dir):
        return "このサービスからは、ルールのフォルダに書き込めません。見本の1行を、手で貼り付けてください。"
    try:
        add_example(desk.rules_dir, Place(snippet.file, snippet.expect, snippet.rule), snippet.line)
    except RuleFileError as error:
        return str(error)
    except OSError:
        return "ファイルに書き込めませんでした。見本の1行を、手で貼り付けてください。"
    return ""


def _show_case(desk: Desk, request: Request, case: Case, choice: tuple[str, str], **said: Any) -> Response:
    about, expect = choice
    values: dict[str, Any] = {"told": "", "written": "", "status": 200} | said
    return desk.show(
        request,
        "case.html",
        case=case,
        about=about,
        expect=expect,
        choices=list_choices(desk.book, case),
        snippet=make_snippet(desk.book, case, about=about, expect=expect),
        writable=is_writable(desk.rules_dir),
        **values,
    )
