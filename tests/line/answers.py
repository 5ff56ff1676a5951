"""What a delivered answer says, and small waits on the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.line_ledger import Delivery, Ledger
from tests.fakes.line_server import RunningLine

# LINE must be tried again after a fault; what is quiet for so long stays quiet: joining takes 1.5 s, polling 0.15 s.
QUIET = 2.2
BADGES = ("規約違反", "危険", "要確認", "状況次第", "問題なし")
_JOINED = re.compile(r"(\d+)件のメッセージをまとめて確認しました")


def words(delivery: Delivery) -> str:
    """Return all texts of a delivery, one a line."""
    return "\n".join(_strings(delivery.messages, ("text", "altText", "label", "clipboardText")))


def values(delivery: Delivery, key: str) -> list[str]:
    """Return every string under a key, however deep: `data` of postbacks, `clipboardText`, `uri`."""
    return list(_strings(delivery.messages, (key,)))


def joined(delivery: Delivery) -> int:
    """Return how many messages an answer is for."""
    found = _JOINED.search(words(delivery))
    return int(found[1]) if found else 1


def postbacks(delivery: Delivery) -> dict[str, str]:
    """Return the data of each postback button by its label."""
    actions = [node for node in _nodes(delivery.messages) if node.get("type") == "postback" and "data" in node]
    return {each.get("label", ""): each["data"] for each in actions}


def answers_to(
    line: RunningLine, user: str, count: int = 1, seconds: float = 12, quiet: float = QUIET
) -> list[Delivery]:
    """Wait for so many deliveries to a user, then a while longer, and return all there are."""
    line.ledger.wait(lambda ledger: len(ledger.to(user)) >= count, seconds)
    line.ledger.wait(lambda ledger: len(ledger.to(user)) > count, quiet)
    return line.ledger.to(user)


def stays_silent(ledger: Ledger, user: str, seconds: float = QUIET) -> bool:
    """Return whether a user is sent nothing for a while."""
    return not ledger.wait(lambda record: bool(record.to(user)), seconds)


def _strings(node: Any, keys: tuple[str, ...]) -> Iterator[str]:
    for each in _nodes(node):
        yield from (value for key, value in each.items() if key in keys and isinstance(value, str))


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list | tuple):
        for each in node:
            yield from _nodes(each)
