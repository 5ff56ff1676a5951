"""Webhook events of every type, made as LINE makes them: fresh ids, times, and reply tokens the stand-in knows."""

from __future__ import annotations

import copy
import itertools
import random
import uuid
from collections.abc import Callable
from typing import Any

from tests.fakes.line_account import Account

Event = dict[str, Any]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STICKER = {"packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC", "keywords": ["ok"]}
_serial = itertools.count(1)


def user_id(number: int) -> str:
    """Return the id of a user."""
    return f"U{number:032x}"


def group_id(number: int) -> str:
    """Return the id of a group."""
    return f"C{number:032x}"


def redelivered(event: Event) -> Event:
    """Return an event as LINE delivers it once more."""
    again = copy.deepcopy(event)
    again["deliveryContext"]["isRedelivery"] = True
    return again


def ulid(milliseconds: int) -> str:
    """Return a webhookEventId: the time, then chance, in Crockford's letters."""
    number = (milliseconds << 80) | random.getrandbits(80)
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


class Events:
    """Makes events of one LINE account; reply tokens are issued there. Names are keyword arguments of LINE's."""

    def __init__(self, account: Account | None = None) -> None:
        self.account = account or Account()

    def text(self, text: str, user: str, **message: Any) -> Event:
        """Make a text message of a 1:1 chat."""
        return self.message("text", user, text=text, quoteToken=f"q{next(_serial)}", **message)

    def message(self, kind: str, user: str, **content: Any) -> Event:
        """Make a message of any kind in a 1:1 chat."""
        body = {"type": kind, "id": self._message_id(), "markAsReadToken": f"read-{next(_serial)}", **content}
        self.account.read_tokens.add(body["markAsReadToken"])
        return self.event("message", {"type": "user", "userId": user}, reply=True, message=body)

    def in_group(self, text: str, group: str, user: str | None, mentions_bot: bool = False) -> Event:
        """Make a text message of a group; `@ことわり` in front mentions the bot."""
        source = {"type": "group", "groupId": group, **({"userId": user} if user else {})}
        body: Event = {"type": "text", "id": self._message_id(), "text": text, "quoteToken": f"q{next(_serial)}"}
        if mentions_bot:
            body["text"] = f"@ことわり {text}"
            seen = {"index": 0, "length": 5, "type": "user", "userId": self.account.bot_user_id, "isSelf": True}
            body["mention"] = {"mentionees": [seen]}
        return self.event("message", source, reply=True, message=body)

    def postback(self, data: str, user: str, **more: Any) -> Event:
        """Make the event of a pressed button."""
        return self.event("postback", {"type": "user", "userId": user}, reply=True, postback={"data": data, **more})

    def follow(self, user: str, is_unblocked: bool = False) -> Event:
        """Make the event of a user who adds the account, or takes it back from the blocked."""
        source = {"type": "user", "userId": user}
        return self.event("follow", source, reply=True, follow={"isUnblocked": is_unblocked})

    def unfollow(self, user: str) -> Event:
        """Make the event of a user who blocks the account."""
        return self.event("unfollow", {"type": "user", "userId": user})

    def unsend(self, message_id: str, user: str) -> Event:
        """Make the event of a message taken back."""
        self.account.gone.add(message_id)
        return self.event("unsend", {"type": "user", "userId": user}, unsend={"messageId": message_id})

    def join(self, group: str) -> Event:
        """Make the event of the bot being taken into a group."""
        return self.event("join", {"type": "group", "groupId": group}, reply=True)

    def event(self, kind: str, source: Event | None, reply: bool = False, **parts: Any) -> Event:
        """Make an event of any type; with `reply`, it brings a fresh reply token of its chat."""
        now = int(self.account.clock() * 1000)
        made: Event = {"type": kind, "mode": "active", "timestamp": now, "webhookEventId": ulid(now)}
        made["deliveryContext"] = {"isRedelivery": False}
        if source:
            made["source"] = source
        if reply and source:
            chat = source.get("groupId") or source.get("roomId") or source.get("userId", "")
            made["replyToken"] = self.account.issue(chat, event_at=now / 1000)
        return made | parts

    def _message_id(self) -> str:
        return str(468_789_577_898_262_530 + next(_serial))

    def every_type(self, user: str, group: str) -> dict[str, Event]:
        """Return one event of each type and kind LINE knows, named; all valid by its description."""
        one, many = {"type": "user", "userId": user}, {"type": "group", "groupId": group}
        hosted = {"contentProvider": {"type": "line"}}
        members = [{"type": "user", "userId": user}]
        return {
            "text": self.text("Zoomで面接をお願いします", user),
            "image": self.message("image", user, quoteToken="q", **hosted),
            "video": self.message("video", user, quoteToken="q", duration=60000, **hosted),
            "audio": self.message("audio", user, duration=60000, **hosted),
            "file": self.message("file", user, fileName="見積.pdf", fileSize=2138),
            "location": self.message("location", user, title="駅", address="東京都", latitude=35.6, longitude=139.7),
            "sticker": self.message("sticker", user, quoteToken="q", **STICKER),
            "group-text": self.in_group("おはよう", group, user),
            "group-mention": self.in_group("Zoomで面接をと言われました", group, user, mentions_bot=True),
            "group-nobody": self.in_group("おはよう", group, None),
            "messageEdited": self._edited(many | {"userId": user}),
            "unsend": self.unsend(self._message_id(), user),
            "follow": self.follow(user),
            "unfollow": self.unfollow(user_id(0xF0)),
            "join": self.join(group),
            "leave": self.event("leave", many),
            "memberJoined": self.event("memberJoined", many, reply=True, joined={"members": members}),
            "memberLeft": self.event("memberLeft", many, left={"members": members}),
            "postback": self.postback("v=1", user),
            "postback-date": self.postback("d=1", user, params={"datetime": "2026-11-26T15:00"}),
            "postback-menu": self.postback("m=1", user, params={"newRichMenuAliasId": "a", "status": "SUCCESS"}),
            "videoPlayComplete": self.event(
                "videoPlayComplete", one, reply=True, videoPlayComplete={"trackingId": "t"}
            ),
            "beacon": self.event("beacon", one, reply=True, beacon={"hwid": "d41d8cd98f", "type": "enter"}),
            "accountLink": self.event("accountLink", one, reply=True, link={"result": "ok", "nonce": "n" * 16}),
            "membership": self.event(
                "membership", one, reply=True, membership={"type": "joined", "membershipId": 3189}
            ),
            **self._of_modules(),
        }

    def _edited(self, source: Event) -> Event:
        body = {"type": "text", "id": self._message_id(), "text": "なおしました", "quoteToken": "q"}
        return self.event("messageEdited", source, reply=True, message=body)

    def _of_modules(self) -> dict[str, Event]:
        bot = {"type": "user", "userId": user_id(0xF1)}
        return {
            "activated": self.event("activated", bot, chatControl={"expireAt": 1_900_000_000_000}),
            "deactivated": self.event("deactivated", bot),
            "botSuspended": self.event("botSuspended", None),
            "botResumed": self.event("botResumed", None),
            "module": self.event("module", None, module={"type": "attached", "botId": user_id(1), "scopes": []}),
            "delivery": self.event("delivery", bot, delivery={"data": "15034552939884E28681"}),
        }


def odd_shapes(make: Events, user: str) -> dict[str, Any]:
    """Return entries of `events` that LINE does not promise, named: each must be survived."""
    changes: dict[str, Callable[[Event], Any]] = {
        "unknown-type": lambda e: e | {"type": "greatNewFeature", "greatNewFeature": {"a": 1}},
        "unknown-message": lambda e: e | {"message": {"type": "hologram", "id": "1"}},
        "unknown-source": lambda e: e | {"source": {"type": "metaverse", "placeId": "p"}},
        "unknown-mode": lambda e: e | {"mode": "asleep"},
        "unknown-fields": lambda e: e | {"new": {"deep": [1, {"er": None}]}},
        "no-id": lambda e: _without(e, "webhookEventId"),
        "no-delivery-context": lambda e: _without(e, "deliveryContext"),
        "no-type": lambda e: _without(e, "type"),
        "no-source": lambda e: _without(e, "source"),
        "no-message": lambda e: _without(e, "message"),
        "no-token": lambda e: _without(e, "replyToken"),
        "no-timestamp": lambda e: _without(e, "timestamp"),
        "text-missing": lambda e: e | {"message": _without(e["message"], "text")},
        "text-empty": lambda e: e | {"message": e["message"] | {"text": ""}},
        "text-number": lambda e: e | {"message": e["message"] | {"text": 5}},
        "text-null": lambda e: e | {"message": e["message"] | {"text": None}},
        "text-surrogate": lambda e: e | {"message": e["message"] | {"text": "\ud800 LINE交換"}},
        "text-nul": lambda e: e | {"message": e["message"] | {"text": "a\x00b"}},
        "mention-broken": lambda e: e | {"message": e["message"] | {"mention": {"mentionees": [None, {"index": "x"}]}}},
        "emojis-broken": lambda e: e | {"message": e["message"] | {"emojis": [{"index": -5, "length": 10**9}, 3]}},
        "message-list": lambda e: e | {"message": [e["message"]]},
        "source-string": lambda e: e | {"source": "user"},
        "user-number": lambda e: e | {"source": {"type": "user", "userId": 42}},
        "timestamp-string": lambda e: e | {"timestamp": "yesterday"},
        "timestamp-huge": lambda e: e | {"timestamp": 10**30},
        "timestamp-float": lambda e: e | {"timestamp": 1.5e12},
        "timestamp-negative": lambda e: e | {"timestamp": -1},
        "id-number": lambda e: e | {"webhookEventId": 7},
        "id-long": lambda e: e | {"webhookEventId": "x" * 10_000},
        "id-surrogate": lambda e: e | {"webhookEventId": f"\udc00{uuid.uuid4().hex}"},
        "id-nul": lambda e: e | {"webhookEventId": f"a\x00{uuid.uuid4().hex}"},
        "join-nowhere": lambda e: e | {"type": "join", "source": {"type": "group"}},
        "join-a-path": lambda e: e | {"type": "join", "source": {"type": "group", "groupId": "../../info?x=/"}},
        "token-number": lambda e: e | {"replyToken": 12},
        "context-string": lambda e: e | {"deliveryContext": "no"},
        "postback-number": lambda e: e | {"type": "postback", "postback": {"data": 4}},
        "postback-huge": lambda e: e | {"type": "postback", "postback": {"data": "z" * 5000}},
        "unsend-empty": lambda e: e | {"type": "unsend", "unsend": {}},
        "follow-empty": lambda e: _without(e, "message") | {"type": "follow"},
        "all-null": lambda e: dict.fromkeys(e),
    }
    made = {name: change(make.text(f"LINE交換しませんか {name}", user)) for name, change in changes.items()}
    return made | {"null": None, "number": 3, "string": "event", "list": [], "empty": {}, "true": True}


def _without(event: Event, key: str) -> Event:
    return {name: value for name, value in event.items() if name != key}
