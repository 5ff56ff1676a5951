"""LINE's events as values: what the service acts upon is read leniently, the rest of an event is not looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "sticker", "image", "video", "audio", "file", "location",  # messages
    "postback", "follow", "unfollow", "unsend", "join", "leave",
    "ignored",  # known, and nothing to do
    "unknown",  # a type or kind of message that LINE has added since
    "bad",  # not an event at all
]  # fmt: skip
ChatKind = Literal["user", "group", "room", ""]
_MESSAGES: dict[str, Kind] = {
    "text": "text", "sticker": "sticker", "image": "image", "video": "video", "audio": "audio", "file": "file",
    "location": "location",
}  # fmt: skip
_EVENTS: dict[str, Kind] = {
    "postback": "postback", "follow": "follow", "unfollow": "unfollow", "unsend": "unsend", "join": "join",
    "leave": "leave",
}  # fmt: skip
_IGNORED = frozenset({
    "memberJoined", "memberLeft", "videoPlayComplete", "beacon", "accountLink", "things", "membership", "module",
    "activated", "deactivated", "botSuspended", "botResumed", "delivery",
})  # fmt: skip
_CHATS: dict[str, tuple[ChatKind, str]] = {
    "user": ("user", "userId"), "group": ("group", "groupId"), "room": ("room", "roomId"),
}  # fmt: skip
# What LINE's old connection test used for a reply token: there is nobody to answer.
_NO_TOKENS = frozenset({"0" * 32, "f" * 32})
_LONGEST_ID = 200  # characters
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One event. `id` names it for ever; `chat` is where it happened, `user` who did it (not always known)."""

    id: str
    kind: Kind
    at: int = 0  # milliseconds, as LINE says; 0 where it says nothing usable
    redelivered: bool = False
    standby: bool = False  # another module holds the conversation: nothing may be sent
    token: str = field(default="", repr=False)
    chat_kind: ChatKind = ""
    chat: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    message: str = ""  # LINE's id of the message sent, or of the one taken back
    text: str = field(default="", repr=False)
    mentioned: bool = False
    data: str = field(default="", repr=False)  # of a button
    name: str = ""  # the event's type as LINE says it, fit for a log line


def read_event(raw: object) -> LineEvent:
    """Return an event; never raises: whatever is unreadable is of the kind `bad` or `unknown`."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("type"), str):
        return LineEvent(id="", kind="bad", name=type(raw).__name__)
    message = _part(raw, "message")
    kind, name = _tell_kind(raw, message)
    chat_kind, chat_id = _CHATS.get(_word(_part(raw, "source"), "type"), ("", "userId"))
    source = _part(raw, "source")
    token = _word(raw, "replyToken")
    text, mentioned = _read_text(message)
    return LineEvent(
        id=_word(raw, "webhookEventId") or _identify(raw),
        kind=kind,
        at=_read_time(raw.get("timestamp")),
        redelivered=_part(raw, "deliveryContext").get("isRedelivery") is True,
        standby=raw.get("mode") == "standby",
        token="" if token in _NO_TOKENS else token,
        chat_kind=chat_kind,
        chat=_word(source, chat_id),
        user=_word(source, "userId"),
        message=_word(message, "id") or _word(_part(raw, "unsend"), "messageId"),
        text=text,
        mentioned=mentioned,
        data=_word(_part(raw, "postback"), "data", longest=1000),
        name=name,
    )


def _tell_kind(raw: Mapping[str, Any], message: Mapping[str, Any]) -> tuple[Kind, str]:
    type_ = raw["type"]
    if type_ in ("message", "messageEdited"):
        kind = _word(message, "type")
        return _MESSAGES.get(kind, "unknown"), _clean(f"{type_}-{kind}")
    if type_ in _IGNORED:
        return "ignored", type_
    return _EVENTS.get(type_, "unknown"), _clean(type_)


def _read_text(message: Mapping[str, Any]) -> tuple[str, bool]:
    """Return a text message's words, without the mention of ourselves, and whether we are mentioned."""
    text = message.get("text") if message.get("type") == "text" else ""
    if not isinstance(text, str):
        return "", False
    mentionees = _part(message, "mention").get("mentionees")
    spans = [_read_span(each) for each in (mentionees if isinstance(mentionees, list) else []) if _is_us(each)]
    units = text.encode("utf-16-le", "surrogatepass")  # LINE counts in UTF-16
    for start, length in sorted((span for span in spans if span), reverse=True):
        units = units[: 2 * start] + units[2 * (start + length) :]
    return units.decode("utf-16-le", "surrogatepass").strip() if spans else text, bool(spans)


def _is_us(mentionee: object) -> bool:
    return isinstance(mentionee, Mapping) and mentionee.get("isSelf") is True


def _read_span(mentionee: Mapping[str, Any]) -> tuple[int, int] | None:
    start, length = mentionee.get("index"), mentionee.get("length")
    whole = isinstance(start, int) and isinstance(length, int) and start >= 0 and length >= 0
    return (int(start), int(length)) if whole and start is not None and length is not None else None


def _read_time(value: object) -> int:
    try:
        time = int(value) if isinstance(value, int | float | str) else 0
    except (ValueError, OverflowError):
        return 0
    return time if 0 < time < 10**13 else 0  # as many digits as names of turns have room for


def _identify(raw: Mapping[str, Any]) -> str:
    """An id for an event that brings none: the same each time it is delivered."""
    rest = {key: value for key, value in raw.items() if key != "deliveryContext"}
    return "x" + hashlib.sha256(json.dumps(rest, sort_keys=True).encode("ascii")).hexdigest()[:31]


def _part(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = raw.get(key)
    return part if isinstance(part, Mapping) else {}


def _word(raw: Mapping[str, Any], key: str, longest: int = _LONGEST_ID) -> str:
    """A short word; empty where there is none, or one that no database and no address could hold."""
    word = raw.get(key)
    return word if isinstance(word, str) and len(word) <= longest and word.isprintable() else ""


def _clean(name: str) -> str:
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_"))[:_LONGEST_NAME]
