"""The LINE account behind the stand-in: reply tokens, retry keys, quota, rate limits, people, contents."""

from __future__ import annotations

import hashlib
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

TOKEN_LIFE, REDELIVERED_CAP, RETRY_KEY_LIFE = 60.0, 20 * 60.0, 24 * 3600.0
RATES = {"showLoadingAnimation": 100.0}  # requests a second; all else:
USUAL_RATE = 2000.0


@dataclass(slots=True)
class _Token:
    to: str
    event_at: float
    issued_at: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """A push that was accepted under a retry key."""

    request_id: str
    sent: tuple[dict[str, str], ...]
    at: float


@dataclass(slots=True)
class Profile:
    """A person who talks with the account."""

    name: str = "山田太郎"
    language: str = "ja"
    blocked: bool = False


@dataclass
class Account:
    """Everything LINE remembers. All methods may be called from any thread; `clock` returns seconds since 1970."""

    clock: Callable[[], float] = time.time  # noqa: TID251
    channel_token: str = "line-channel-token-for-tests"
    channel_secret: str = "line-channel-secret-for-tests"
    bot_user_id: str = "U" + "b0" * 16
    quota: int | None = 200  # None: no limit
    used: int = 0
    endpoint: str = ""
    webhook_active: bool = True
    people: dict[str, Profile] = field(default_factory=lambda: defaultdict(Profile))
    contents: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)  # message ids that were unsent
    left: list[str] = field(default_factory=list)  # groups and rooms
    read_tokens: set[str] = field(default_factory=set)
    marked_as_read: list[str] = field(default_factory=list)
    _tokens: dict[str, _Token] = field(default_factory=dict)
    _retry_keys: dict[str, Accepted] = field(default_factory=dict)
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _number: int = 461_230_966_842_064_897

    def issue(self, to: str, token: str | None = None, event_at: float | None = None) -> str:
        """Issue a reply token for an event of a chat; a token given again was redelivered and lives a minute more."""
        with self._lock:
            now = self.clock()
            token = token or uuid.uuid4().hex
            if token in self._tokens:
                self._tokens[token].issued_at = now
            else:
                self._tokens[token] = _Token(to, now if event_at is None else event_at, now)
            return token

    def spend(self, token: str) -> str | None:
        """Use a reply token up and return its chat; None when it is unknown, used, or too old."""
        with self._lock:
            known, now = self._tokens.get(token), self.clock()
            if known is None or known.used:
                return None
            if now - known.issued_at > TOKEN_LIFE or now - known.event_at > REDELIVERED_CAP:
                return None
            known.used = True
            return known.to

    def chat_of(self, token: str) -> str:
        """Return the chat a reply token was issued for, used or not; empty when nobody issued it."""
        with self._lock:
            return self._tokens[token].to if token in self._tokens else ""

    def is_live(self, token: str) -> bool:
        """Return whether a reply token could still be spent."""
        with self._lock:
            known, now = self._tokens.get(token), self.clock()
            return known is not None and not known.used and now - known.issued_at <= TOKEN_LIFE

    def earlier(self, retry_key: str) -> Accepted | None:
        """Return the push that was accepted under a key within a day."""
        with self._lock:
            known = self._retry_keys.get(retry_key)
            return known if known and self.clock() - known.at < RETRY_KEY_LIFE else None

    def remember(self, retry_key: str, request_id: str, sent: list[dict[str, str]]) -> None:
        """Keep what was accepted under a key."""
        with self._lock:
            self._retry_keys[retry_key] = Accepted(request_id, tuple(sent), self.clock())

    def charge(self) -> bool:
        """Count one push; False when the month's limit is reached."""
        with self._lock:
            if self.quota is not None and self.used >= self.quota:
                return False
            self.used += 1
            return True

    def within_rate(self, operation: str) -> bool:
        """Take one from the operation's bucket; False when it is empty."""
        with self._lock:
            rate, now = RATES.get(operation, USUAL_RATE), self.clock()
            left, then = self._buckets.get(operation, (rate, now))
            left = min(rate, left + max(0.0, now - then) * rate)
            self._buckets[operation] = (left - 1 if left >= 1 else left, now)
            return left >= 1

    def sent(self, messages: list[dict[str, object]]) -> list[dict[str, str]]:
        """Give each message its id, and a quote token to those that can be quoted."""
        with self._lock:
            ids = [str(self._number + step) for step in range(len(messages))]
            self._number += len(messages)
        quotable = ("text", "textV2", "sticker", "image", "video", "template", "flex")
        return [
            {"id": id, **({"quoteToken": _quote(id)} if message.get("type") in quotable else {})}
            for id, message in zip(ids, messages, strict=True)
        ]


def _quote(message_id: str) -> str:
    return "q" + hashlib.sha256(message_id.encode()).hexdigest()[:40]
