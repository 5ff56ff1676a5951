"""The account's own settings at LINE, through its SDK, for setting up; every refusal becomes a sentence to act on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from service.errors import LineRefused
from service.settings import Settings

_TIMEOUT = 15.0  # seconds for one call; the picture of the menu included
_REASONS = {
    401: "アクセストークンが正しくないか、期限が切れています。LINE Developersで発行し直し、LINE_CHANNEL_ACCESS_TOKEN に設定してください。",
    403: "このアカウントでは使えない機能です。LINE Developersで、Messaging APIのチャネルか確かめてください。",
    429: "LINEへの問い合わせが多すぎます。1時間ほど待ってから、もう一度お試しください。",
}
_UNREACHABLE = "LINEに接続できません。通信の状態と LINE_API_BASE・LINE_DATA_API_BASE を確かめてください。"
_DOWN = "LINE側で障害が起きているようです。しばらく待ってから、もう一度お試しください。"


@dataclass(frozen=True, slots=True)
class Bot:
    """The account. `chatting`: the chat with people is switched on, so that LINE's own answers may mix in."""

    name: str
    basic_id: str
    chatting: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """Pushed messages of the month; `most` is None where nothing limits them."""

    used: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where LINE sends events, and whether it does."""

    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a call that LINE made to the webhook."""

    success: bool
    status: int
    reason: str


class LineAccount:
    """Asks and changes the account. Raises LineRefused with the reason where LINE does not do it."""

    def __init__(self, settings: Settings) -> None:
        # Loaded here: the SDK takes a second, which no other command has to pay.
        from linebot.v3.messaging import ApiClient, Configuration
        from linebot.v3.messaging.exceptions import ApiException
        from urllib3.exceptions import HTTPError

        self._client = ApiClient(Configuration(access_token=settings.line_channel_access_token))
        self._api, self._data = settings.line_api_base, settings.line_data_api_base
        self._refusal, self._failures = ApiException, (HTTPError, OSError)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read_bot(self) -> Bot:
        """Return who the account is; the first call also proves the token."""
        told = self._ask("GET", "/v2/bot/info")
        return Bot(str(told.get("displayName", "")), str(told.get("basicId", "")), told.get("chatMode") == "chat")

    def read_quota(self) -> Quota:
        """Return how many pushed messages are used and left."""
        quota = self._ask("GET", "/v2/bot/message/quota")
        used = self._ask("GET", "/v2/bot/message/quota/consumption").get("totalUsage", 0)
        return Quota(int(used), int(quota["value"]) if quota.get("type") == "limited" else None)

    def read_endpoint(self) -> Endpoint | None:
        """Return the webhook's address; None where there is none yet."""
        try:
            told = self._ask("GET", "/v2/bot/channel/webhook/endpoint")
        except LineRefused as error:
            if error.status == 404:
                return None
            raise
        return Endpoint(str(told.get("endpoint", "")), bool(told.get("active")))

    def set_endpoint(self, url: str) -> None:
        """Let LINE send events to an address."""
        self._ask("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url})

    def test_endpoint(self) -> Trial:
        """Let LINE call the webhook once."""
        told = self._ask("POST", "/v2/bot/channel/webhook/test", {})
        return Trial(bool(told.get("success")), int(told.get("statusCode", 0)), str(told.get("reason", "")))

    def list_menus(self) -> dict[str, str]:
        """Return the menus that exist, name by id."""
        menus = self._ask("GET", "/v2/bot/richmenu/list").get("richmenus", [])
        return {menu["richMenuId"]: menu.get("name", "") for menu in menus}

    def read_default_menu(self) -> str:
        """Return the id of the menu that everybody sees; empty where there is none."""
        try:
            return str(self._ask("GET", "/v2/bot/user/all/richmenu").get("richMenuId", ""))
        except LineRefused as error:
            if error.status == 404:
                return ""
            raise

    def install_menu(self, menu: dict[str, Any], picture: bytes) -> str:
        """Make a menu with its picture, show it to everybody and return its id; on a failure nothing is left behind."""
        made = str(self._ask("POST", "/v2/bot/richmenu", menu)["richMenuId"])
        try:
            self._ask("POST", f"/v2/bot/richmenu/{made}/content", picture)
            self._ask("POST", f"/v2/bot/user/all/richmenu/{made}")
        except LineRefused:
            self.delete_menu(made)
            raise
        return made

    def delete_menu(self, menu_id: str) -> None:
        """Delete a menu."""
        self._ask("DELETE", f"/v2/bot/richmenu/{menu_id}")

    def _ask(self, method: str, path: str, body: dict[str, Any] | bytes | None = None) -> dict[str, Any]:
        # Below the SDK's models: they refuse values that LINE has added since.
        try:
            answer = self._client.call_api(
                path,
                method,
                header_params={"Content-Type": "image/png" if isinstance(body, bytes) else "application/json"},
                body=body,
                response_types_map={},
                auth_settings=["Bearer"],
                _host=self._data if isinstance(body, bytes) else self._api,
                _request_timeout=_TIMEOUT,
            )
            told = json.loads(answer.raw_data or "{}")
        except self._refusal as error:
            raise _explain(error.status or 0, str(error.body or "")) from None
        except self._failures:
            raise LineRefused(_UNREACHABLE) from None
        except ValueError:
            raise LineRefused(_DOWN) from None
        return told if isinstance(told, dict) else {}


def _explain(status: int, body: str) -> LineRefused:
    """Return what to do about an answer of LINE; its own sentence is repeated where ours does not know better."""
    if status == 0:
        return LineRefused(_UNREACHABLE)
    if status >= 500:
        return LineRefused(_DOWN, status=status)
    try:
        said = str(json.loads(body).get("message", ""))[:200]
    except (ValueError, AttributeError):
        said = ""
    reason = _REASONS.get(status) or f"LINEが受け付けませんでした（{status} {said}）。".replace(" ）", "）")
    return LineRefused(reason, status=status)
