"""Rich menus: made, drawn, shown to everybody or to one person, reached by an alias."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.line_account import Account
from tests.fakes.line_answers import Answer, Request, invalid, refuse
from tests.fakes.line_limits import menu_problems
from tests.fakes.line_spec import Problem

SIGNS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
MOST_BYTES = 1_000_000
NOT_FOUND = "Not found"


class Menus:
    """The menu operations, by operationId, and what they left behind."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.menus: dict[str, dict[str, Any]] = {}
        self.images: dict[str, tuple[str, bytes]] = {}
        self.aliases: dict[str, str] = {}
        self.default: str | None = None
        self.of_people: dict[str, str] = {}
        self.operations: dict[str, Callable[[Request], Answer]] = {
            "createRichMenu": self._create,
            "validateRichMenuObject": lambda request: self._checked(request) or Answer(),
            "getRichMenu": lambda request: Answer(200, self._shown(request.blanks["richMenuId"])),
            "getRichMenuList": lambda _: Answer(200, {"richmenus": [self._shown(id) for id in self.menus]}),
            "deleteRichMenu": self._delete,
            "setRichMenuImage": self._draw,
            "getRichMenuImage": self._image,
            "setDefaultRichMenu": self._show_to_all,
            "getDefaultRichMenuId": self._shown_to_all,
            "cancelDefaultRichMenu": self._hide_from_all,
            "linkRichMenuIdToUser": self._link,
            "getRichMenuIdOfUser": self._of_person,
            "unlinkRichMenuIdFromUser": self._unlink,
            "createRichMenuAlias": self._new_alias,
            "updateRichMenuAlias": self._change_alias,
            "getRichMenuAlias": self._alias,
            "deleteRichMenuAlias": self._drop_alias,
            "getRichMenuAliasList": self._all_aliases,
        }

    def answer(self, request: Request) -> Answer:
        """Answer one menu operation; a menu that does not exist is a 404."""
        id = request.blanks.get("richMenuId")
        if id is not None and id not in self.menus:
            return refuse(404, NOT_FOUND)
        return self.operations[request.operation.id](request)

    def _shown(self, id: str) -> dict[str, Any]:
        return {"richMenuId": id, **self.menus[id]}

    def _checked(self, request: Request) -> Answer | None:
        problems = menu_problems(request.body)
        return invalid(problems) if problems else None

    def _create(self, request: Request) -> Answer:
        if wrong := self._checked(request):
            return wrong
        id = f"richmenu-{request.id.replace('-', '')[:32]}"
        self.menus[id] = request.body
        return Answer(200, {"richMenuId": id})

    def _delete(self, request: Request) -> Answer:
        id = request.blanks["richMenuId"]
        del self.menus[id]
        self.images.pop(id, None)
        self.default = None if self.default == id else self.default
        self.of_people = {user: menu for user, menu in self.of_people.items() if menu != id}
        return Answer()

    def _draw(self, request: Request) -> Answer:
        id, kind = request.blanks["richMenuId"], request.headers.get("content-type", "")
        if id in self.images:
            return refuse(400, "An image has already been uploaded to the richmenu", Problem("already drawn", "image"))
        if kind not in SIGNS:
            return refuse(415, "Unsupported content type", Problem("image/png or image/jpeg", "Content-Type"))
        if not request.raw.startswith(SIGNS[kind]) or len(request.raw) > MOST_BYTES:
            return refuse(400, "The image is invalid", Problem("PNG or JPEG of at most 1 MB", "image"))
        if kind == "image/png" and (wrong := self._wrong_size(id, request.raw)):
            return wrong
        self.images[id] = (kind, request.raw)
        return Answer()

    def _wrong_size(self, id: str, png: bytes) -> Answer | None:
        width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
        if self.menus[id]["size"] == {"width": width, "height": height}:
            return None
        return refuse(400, "The image size is invalid", Problem("must be as large as the menu", "image"))

    def _image(self, request: Request) -> Answer:
        found = self.images.get(request.blanks["richMenuId"])
        return Answer(200, headers={"content-type": found[0]}, raw=found[1]) if found else refuse(404, NOT_FOUND)

    def _show_to_all(self, request: Request) -> Answer:
        id = request.blanks["richMenuId"]
        if id not in self.images:
            return refuse(400, "must upload richmenu image before applying it to user", Problem("no image", "image"))
        self.default = id
        return Answer()

    def _shown_to_all(self, _request: Request) -> Answer:
        return Answer(200, {"richMenuId": self.default}) if self.default else refuse(404, "no default richmenu")

    def _hide_from_all(self, _request: Request) -> Answer:
        self.default = None
        return Answer()

    def _link(self, request: Request) -> Answer:
        self.of_people[request.blanks["userId"]] = request.blanks["richMenuId"]
        return Answer()

    def _of_person(self, request: Request) -> Answer:
        id = self.of_people.get(request.blanks["userId"])
        return Answer(200, {"richMenuId": id}) if id else refuse(404, "the user has no richmenu")

    def _unlink(self, request: Request) -> Answer:
        self.of_people.pop(request.blanks["userId"], None)
        return Answer()

    def _new_alias(self, request: Request) -> Answer:
        alias, id = request.body["richMenuAliasId"], request.body["richMenuId"]
        if alias in self.aliases:
            return refuse(400, "conflict richmenu alias id")
        if id not in self.images:
            return refuse(400, "richmenu not found")
        self.aliases[alias] = id
        return Answer()

    def _change_alias(self, request: Request) -> Answer:
        alias, id = request.blanks["richMenuAliasId"], request.body["richMenuId"]
        if alias not in self.aliases:
            return refuse(404, "richmenu alias not found")
        if id not in self.images:
            return refuse(400, "richmenu not found")
        self.aliases[alias] = id
        return Answer()

    def _alias(self, request: Request) -> Answer:
        alias = request.blanks["richMenuAliasId"]
        if alias not in self.aliases:
            return refuse(404, "richmenu alias not found")
        return Answer(200, {"richMenuAliasId": alias, "richMenuId": self.aliases[alias]})

    def _drop_alias(self, request: Request) -> Answer:
        gone = self.aliases.pop(request.blanks["richMenuAliasId"], None)
        return Answer() if gone else refuse(404, "richmenu alias not found")

    def _all_aliases(self, _request: Request) -> Answer:
        listed = [{"richMenuAliasId": alias, "richMenuId": id} for alias, id in self.aliases.items()]
        return Answer(200, {"aliases": listed})
