"""The rest of the account's calls: the bot itself, its webhook address, profiles, groups, contents."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.fakes.line_account import Account
from tests.fakes.line_answers import Answer, Request, refuse
from tests.fakes.line_spec import Problem


class Console:
    """The operations by operationId."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.operations: dict[str, Callable[[Request], Answer]] = {
            "getBotInfo": self._bot,
            "getWebhookEndpoint": self._endpoint,
            "setWebhookEndpoint": self._set_endpoint,
            "testWebhookEndpoint": self._test_endpoint,
            "getProfile": self._profile,
            "leaveGroup": lambda request: self._leave(request.blanks["groupId"]),
            "leaveRoom": lambda request: self._leave(request.blanks["roomId"]),
            "getMessageContent": self._content,
            "getMessageContentPreview": self._content,
        }

    def _bot(self, _request: Request) -> Answer:
        return Answer(
            200,
            {
                "userId": self._account.bot_user_id,
                "basicId": "@kotowari",
                "displayName": "ことわり",
                "chatMode": "bot",
                "markAsReadMode": "auto",
            },
        )

    def _endpoint(self, _request: Request) -> Answer:
        if not self._account.endpoint:
            return refuse(404, "Webhook endpoint not found")
        return Answer(200, {"endpoint": self._account.endpoint, "active": self._account.webhook_active})

    def _set_endpoint(self, request: Request) -> Answer:
        endpoint = request.body["endpoint"]
        local = endpoint.startswith(("http://127.0.0.1:", "http://localhost:"))  # the stand-in calls only this machine
        if len(endpoint) > 500 or not (endpoint.startswith("https://") or local):
            return refuse(400, "Invalid webhook endpoint URL", Problem("https, at most 500 characters", "endpoint"))
        self._account.endpoint = endpoint
        return Answer()

    def _test_endpoint(self, request: Request) -> Answer:
        """Send the empty body that LINE sends; an address beyond this machine cannot be reached from here."""
        endpoint = (request.body or {}).get("endpoint") or self._account.endpoint
        if not endpoint:
            return refuse(404, "Webhook endpoint not found")
        status = self._knock(endpoint)
        reasons = {0: "COULD_NOT_CONNECT", 200: "OK"}
        return Answer(
            200,
            {
                "success": status == 200,
                "timestamp": datetime.fromtimestamp(self._account.clock(), UTC).isoformat(timespec="milliseconds"),
                "statusCode": status,
                "reason": reasons.get(status, "ERROR_STATUS_CODE"),
                "detail": str(status) if status else "Connection refused",
            },
        )

    def _knock(self, endpoint: str) -> int:
        if not endpoint.startswith(("http://127.0.0.1:", "http://localhost:")):
            return 0
        body = json.dumps({"destination": self._account.bot_user_id, "events": []}).encode()
        signature = hmac.digest(self._account.channel_secret.encode(), body, hashlib.sha256)
        headers = {"X-Line-Signature": base64.b64encode(signature).decode(), "Content-Type": "application/json"}
        try:
            asked = urllib.request.Request(endpoint, body, headers, method="POST")
            with urllib.request.urlopen(asked, timeout=2) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def _profile(self, request: Request) -> Answer:
        user = request.blanks["userId"]
        if user not in self._account.people or self._account.people[user].blocked:
            return refuse(404, "Not found")
        person = self._account.people[user]
        told: dict[str, Any] = {"userId": user, "displayName": person.name, "language": person.language}
        return Answer(200, told)

    def _leave(self, chat: str) -> Answer:
        self._account.left.append(chat)
        return Answer()

    def _content(self, request: Request) -> Answer:
        message = request.blanks["messageId"]
        if message in self._account.gone:
            return refuse(410, "The content is gone")
        if message not in self._account.contents:
            return refuse(404, "Not found")
        kind, raw = self._account.contents[message]
        return Answer(200, headers={"content-type": kind}, raw=raw)
