"""LINE's Messaging API through its SDK: one client for the process's life; every outcome is a word."""

from __future__ import annotations

import json
import logging
import re
from typing import Any, Literal
from urllib.parse import quote
from urllib.request import getproxies

from service.adapters.metrics import LINE_SENDS
from service.settings import Settings

# delivered | duplicate (a retry key that was accepted before) | bad_token (used, or too old) | busy (too many calls) |
# quota (the month's messages are used up) | refused (the request is wrong) | unknown (it may have arrived, or not) |
# withdrawn (not sent: taken back meanwhile)
Outcome = Literal["delivered", "duplicate", "bad_token", "busy", "quota", "refused", "unknown", "withdrawn"]
Json = dict[str, Any]
_LOG = logging.getLogger("kotowari.line")
_TIMEOUT = 5.0  # seconds for one call
_CONNECTIONS = 100
_RECEIVER = re.compile(r"[UCR][0-9a-f]{32}")


class LineClient:
    """Sends. Build it inside the running loop, and close it."""

    def __init__(self, settings: Settings) -> None:
        # Loaded here: the SDK takes a second and 60 MB, which only a service with LINE has to pay.
        from aiohttp import ClientError, ClientSession, ClientTimeout
        from linebot.v3.messaging import AsyncApiClient, Configuration
        from linebot.v3.messaging.exceptions import ApiException

        configuration = Configuration(host=settings.line_api_base, access_token=settings.line_channel_access_token)
        configuration.connection_pool_maxsize = _CONNECTIONS
        self._api, self._base = AsyncApiClient(configuration), settings.line_api_base
        # The SDK lets each call look for proxies and passwords in the environment and on the disk: once is enough.
        rest = self._api.rest_client
        connector = rest.pool_manager.connector
        rest.pool_manager.detach()
        rest.pool_manager = ClientSession(connector=connector, trust_env=bool(getproxies()))
        self._timeout = ClientTimeout(total=_TIMEOUT)
        self._refusal, self._failures = ApiException, (ClientError, TimeoutError, OSError)

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def reply(self, token: str, messages: list[Json]) -> Outcome:
        """Reply with a token, once: whether a try is repeated is for the courier to decide."""
        return await self._send("reply", "/v2/bot/message/reply", {"replyToken": token, "messages": messages})

    async def push(self, to: str, messages: list[Json], *, retry_key: str) -> Outcome:
        """Push under a key by which LINE knows a repetition."""
        if not _RECEIVER.fullmatch(to):
            return "refused"  # nobody that LINE knows: it asks not to be tried
        body = {"to": to, "messages": messages}
        outcome = await self._send("push", "/v2/bot/message/push", body, {"X-Line-Retry-Key": retry_key})
        if outcome == "busy" and await self._is_used_up():
            return "quota"
        return outcome

    async def show_loading(self, user: str, *, seconds: int) -> None:
        """Show that an answer is being prepared; whether that works is of no matter."""
        if not _RECEIVER.fullmatch(user):
            return
        body = {"chatId": user, "loadingSeconds": seconds}
        await self._send("loading", "/v2/bot/chat/loading/start", body)

    async def leave(self, kind: str, chat: str) -> Outcome:
        """Leave a group or a room."""
        return await self._send("leave", f"/v2/bot/{kind}/{quote(chat, safe='')}/leave", None)

    async def _is_used_up(self) -> bool:
        """Whether the month's messages are used up: LINE tells the two reasons for a 429 apart in prose alone."""
        quota = await self._get("/v2/bot/message/quota")
        used = await self._get("/v2/bot/message/quota/consumption")
        if quota.get("type") != "limited":
            return False
        return int(used.get("totalUsage", 0)) >= int(quota.get("value", 0))

    async def _get(self, path: str) -> Json:
        try:
            answer = await self._call("GET", path, None, {})
        except (self._refusal, *self._failures):
            return {}
        found = json.loads(answer.data)
        return found if isinstance(found, dict) else {}

    async def _send(self, way: str, path: str, body: Json | None, headers: dict[str, str] | None = None) -> Outcome:
        try:
            await self._call("POST", path, body, headers or {})
            outcome: Outcome = "delivered"
        except self._refusal as error:
            outcome = _read_refusal(error.status, (error.body or b"").decode("utf-8", "replace"))
            if outcome == "refused":
                _LOG.error("line.send.refused way=%s status=%s", way, error.status)
        except self._failures as error:
            _LOG.warning("line.send.unknown way=%s reason=%s", way, type(error).__name__)
            outcome = "unknown"
        LINE_SENDS.labels(way, outcome).inc()
        return outcome

    async def _call(self, method: str, path: str, body: Json | None, headers: dict[str, str]) -> Any:
        # Below the SDK's models: they drop properties that they do not know yet, silently. And below its `call_api`,
        # which copies every message piece by piece before it writes it: that costs more than the sending.
        return await self._api.rest_client.request(
            method,
            self._base + path,
            headers={**self._api.default_headers, "Content-Type": "application/json", **headers},
            body=body,
            _request_timeout=self._timeout,
        )


def _read_refusal(status: int, body: str) -> Outcome:
    told = body.casefold()
    if status == 409:
        return "duplicate"
    if status == 429:
        return "quota" if "monthly" in told else "busy"
    if status == 400 and "reply token" in told:
        return "bad_token"
    return "unknown" if status >= 500 or status == 0 else "refused"
