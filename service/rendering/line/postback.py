"""Postback: what a button says when it is tapped, and the way back from its data."""

from __future__ import annotations

from dataclasses import dataclass

from service.rendering.line.measure import LONGEST_POSTBACK, count_units
from service.vocabulary import DRAFT_KINDS, PLATFORMS, REGISTERS

# What may already have happened: each value has a label and a sentence in prompts/line/done.yaml.
DONE_VALUES = ("line", "contact", "identity", "pay", "prepaid", "account", "remote", "sign", "threat")
ACTIONS: dict[str, tuple[str, ...]] = {
    "stage": ("before_contract", "after_contract"),
    "ask_platform": ("",),
    "platform": PLATFORMS,
    "register": REGISTERS,
    "draft": DRAFT_KINDS,
    "plain": DRAFT_KINDS,  # the same as a plain text: copying with one tap works on phones alone
    "done": ("", *DONE_VALUES),  # empty: ask what has happened
    "rate": ("useful", "wrong"),
    "help": ("",),
    "forget": ("ask", "yes"),
}
LONGEST_KEY = 64
_MARK = "k1"  # this shape of data; a later one gets another mark, and old buttons still answer
_KEY_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@dataclass(frozen=True, slots=True)
class Postback:
    """A tap. `key` names the judged message that the button was made for; empty where it belongs to none."""

    action: str
    value: str = ""
    key: str = ""


def encode_postback(postback: Postback) -> str:
    """Return a button's data; raise ValueError for what decode_postback would not take back."""
    data = ":".join((_MARK, postback.action, postback.value, postback.key))
    if decode_postback(data) != postback:
        raise ValueError(f"no button says {postback.action!r} {postback.value!r}, or its key cannot be written")
    return data


def decode_postback(data: str) -> Postback | None:
    """Return what a button said; None where the data is not one of ours."""
    if not isinstance(data, str) or count_units(data) > LONGEST_POSTBACK:
        return None
    mark, *rest = data.split(":")
    if mark != _MARK or len(rest) != 3:
        return None
    action, value, key = rest
    if value not in ACTIONS.get(action, ()) or len(key) > LONGEST_KEY or not _KEY_SIGNS.issuperset(key):
        return None
    return Postback(action, value, key)
