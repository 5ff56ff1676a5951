"""Replying, pushing, loading animation, marking as read: the calls the service makes for an event."""

from __future__ import annotations

import re
import uuid
from typing import Any

from tests.fakes.line_account import Account
from tests.fakes.line_answers import INVALID_TOKEN, MONTHLY_LIMIT, Answer, Request, invalid, refuse
from tests.fakes.line_ledger import Delivery, Ledger
from tests.fakes.line_limits import message_problems
from tests.fakes.line_spec import Problem

CHAT = re.compile(r"[UCR][0-9a-f]{32}")
USER = re.compile(r"U[0-9a-f]{32}")


class Messages:
    """The message operations, by operationId."""

    def __init__(self, account: Account, ledger: Ledger) -> None:
        self._account, self._ledger = account, ledger
        self.operations = {
            "replyMessage": self._reply,
            "pushMessage": self._push,
            "validateReply": self._validate,
            "validatePush": self._validate,
            "showLoadingAnimation": self._loading,
            "markMessagesAsReadByToken": self._mark_as_read,
            "getMessageQuota": self._quota,
            "getMessageQuotaConsumption": self._consumption,
        }

    def _reply(self, request: Request) -> Answer:
        if "x-line-retry-key" in request.headers:
            return refuse(400, "The retry key is not supported", Problem("not for replies", "X-Line-Retry-Key"))
        messages = request.body["messages"]
        if problems := message_problems(messages):
            return invalid(problems)
        token = request.body["replyToken"]
        to = self._account.spend(token)
        if to is None:
            return refuse(400, INVALID_TOKEN)
        sent = self._account.sent(messages)
        self._deliver(Delivery(self._account.clock(), "reply", to, token, None, _ids(sent), tuple(messages)))
        return Answer(200, {"sentMessages": sent})

    def _push(self, request: Request) -> Answer:
        key = request.headers.get("x-line-retry-key")
        if problem := _push_problem(key, request.body["to"]):
            return invalid([problem])
        messages = request.body["messages"]
        if problems := message_problems(messages):
            return invalid(problems)
        if key and (earlier := self._account.earlier(key)):
            body = {"message": "The retry key is already accepted", "sentMessages": list(earlier.sent)}
            return Answer(409, body, {"x-line-accepted-request-id": earlier.request_id})
        if not self._account.charge():
            return refuse(429, MONTHLY_LIMIT)
        sent, to = self._account.sent(messages), request.body["to"]
        if key:
            self._account.remember(key, request.id, sent)
        if not self._account.people[to].blocked:  # LINE answers 200 all the same
            self._deliver(Delivery(self._account.clock(), "push", to, None, key, _ids(sent), tuple(messages)))
        return Answer(200, {"sentMessages": sent})

    def _deliver(self, delivery: Delivery) -> None:
        self._ledger.deliver(delivery)

    def _validate(self, request: Request) -> Answer:
        problems = message_problems(request.body["messages"])
        return invalid(problems) if problems else Answer()

    def _loading(self, request: Request) -> Answer:
        if not USER.fullmatch(request.body["chatId"]):
            return refuse(400, "The property, 'chatId', is invalid", Problem("only a user's id", "chatId"))
        return Answer(202)

    def _mark_as_read(self, request: Request) -> Answer:
        token = request.body["markAsReadToken"]
        if token not in self._account.read_tokens:
            return refuse(400, "Invalid markAsReadToken")
        self._account.marked_as_read.append(token)
        return Answer()

    def _quota(self, _request: Request) -> Answer:
        quota = self._account.quota
        return Answer(200, {"type": "none"} if quota is None else {"type": "limited", "value": quota})

    def _consumption(self, _request: Request) -> Answer:
        return Answer(200, {"totalUsage": self._account.used})


def _push_problem(key: str | None, to: str) -> Problem | None:
    if not CHAT.fullmatch(to):
        return Problem("The property, 'to', in the request body is invalid", "to")
    if key is None:
        return None
    try:
        uuid.UUID(key)
    except ValueError:
        return Problem("must be a UUID", "X-Line-Retry-Key")
    return None


def _ids(sent: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(each["id"] for each in sent)
