"""Contact details written out in a text: phone numbers, e-mail addresses, links, LINE ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import phonenumbers
import re2

from service.facts.fact import Contact
from service.intake.letters import find_matches
from service.intake.view import View

Spot = tuple[str, int, int]  # a kind with where a match begins and ends
_DIGITS = str.maketrans("〇零一二三四五六七八九Oo", "0012345678900", " -・.()のノ")
_SPOKEN = {
    "ゼロ": "0",
    "イチ": "1",
    "ニー": "2",
    "サン": "3",
    "ヨン": "4",
    "ゴー": "5",
    "ロク": "6",
    "ナナ": "7",
    "ハチ": "8",
    "キュー": "9",
}
# What is looked for, in this order; the last group, if there is one, is the detail itself.
PATTERNS = {
    "phone": re2.compile(
        r"(?:(?:[0-9〇零一二三四五六七八九Oo]|ゼロ|イチ|ニー|サン|ヨン|ゴー|ロク|ナナ|ハチ|キュー)[ \-ー・.()のノ]{0,2}){9,20}|\+81[ \-0-9()]{9,16}".encode()
    ),
    "email": re2.compile(
        r"[A-Za-z0-9._%+\-]{2,40}\s?(?:@|\(at\)|\[at\]|\(a\)|\(アット(?:マーク)?\)|\[アット\]|あっと(?:まーく)?|アット(?:マーク)?|[★☆])\s?"
        r"[A-Za-z0-9\-]{2,30}(?:\s?(?:\.|\(dot\)|\[dot\]|\(ドット\)|\[ドット\]|どっと|ドット)\s?[A-Za-z0-9\-]{2,20}){1,3}".encode()
    ),
    "url": re2.compile(br"(?:https?|hxxps?)://[A-Za-z0-9\-._~:/?#@!$&*+,;=%]{3,300}|(?:lin\.ee|line\.me|t\.me|bit\.ly|wa\.me)/[A-Za-z0-9\-._~/?=@]{2,80}"),
    "line_id": re2.compile(r"(?:ID|アイディー|検索)[^A-Za-z0-9@\n]{0,12}(@?[a-z0-9][a-z0-9._\-]{3,19})".encode()),
    "handle": re2.compile(br"(?:^|[^A-Za-z0-9._%+\-@])(@[A-Za-z0-9_.]{3,30})"),
}  # fmt: skip
_YEARS = ("19", "20")  # without its 0 a number reads like a date: 2026-11-27 10:00
# To check a number takes longer than to find it. Whoever writes down more than these is taken at their word.
_MOST_CHECKED = 20

# What each kind cannot do without: most messages hold none of it, so most searches are saved.
_AT = ("@", "(at", "[at", "(a", "(アット", "[アット", "あっと", "アット", "★", "☆")
_SIGNS = {
    "phone": ("",),  # digits are written in many ways: each text is searched
    "email": _AT,
    "url": ("://", ".ee/", ".me/", ".ly/"),
    "line_id": ("ID", "アイディー", "検索"),
    "handle": ("@",),
}


def find_contacts(view: View, text: str, spots: Iterable[Spot] | None = None) -> tuple[Contact, ...]:
    """Return the contact details in a text, each an exact slice of the original; overlapping ones once.

    `spots`: where the patterns match in the view, if that is known.
    """
    known = dict[str, bool]()
    found = [
        _cut(kind, view, text, index, letters)
        for kind, index, letters in (_search(view.text) if spots is None else _narrow(spots, view.text))
        if kind != "phone" or _is_phone(letters, known)
    ]
    found.sort(key=lambda contact: (contact.start, -contact.end))
    kept: list[Contact] = []
    for contact in found:
        if not kept or contact.start >= kept[-1].end:
            kept.append(contact)
    return tuple(kept)


def _search(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield kind, index and letters of what may be a detail."""
    encoded = text.encode("utf-8")
    for kind, pattern in PATTERNS.items():
        if any(sign in text for sign in _SIGNS[kind]):
            for index, _, letters in find_matches(pattern, encoded):
                yield kind, index, letters


def _narrow(spots: Iterable[Spot], text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the same for matches of which only the ends are known."""
    for kind, start, end in spots:
        pattern, letters = PATTERNS[kind], text[start:end]
        if pattern.groups:
            for index, _, detail in find_matches(pattern, letters.encode("utf-8")):
                yield kind, start + index, detail
        else:
            yield kind, start, letters


def _is_phone(letters: str, known: dict[str, bool]) -> bool:
    """Say whether letters are a telephone number; `known`: what has been found out of others in the text."""
    digits = _read_digits(letters)
    if digits not in known:
        known[digits] = len(known) >= _MOST_CHECKED or _is_valid(digits)
    return known[digits]


def _read_digits(letters: str) -> str:
    digits = letters.translate(_DIGITS)
    if not digits.isascii():
        for spoken, digit in _SPOKEN.items():
            digits = digits.replace(spoken, digit)
    return digits.replace("ー", "")  # a dash, where no digit is spoken with it


def _is_valid(digits: str) -> bool:
    if digits.startswith(_YEARS):
        return False
    try:
        number = phonenumbers.parse(digits, "JP")
    except phonenumbers.NumberParseException:
        return False
    # Made-up numbers (090-0000-0000) stand in examples and drafts: as long as they look like a mobile one they count.
    return bool(phonenumbers.is_valid_number(number)) or (len(digits) == 11 and digits[:3] in ("090", "080", "070"))


def _cut(kind: str, view: View, text: str, index: int, letters: str) -> Contact:
    span = view.locate(index, index + len(letters))
    quote = text[span.start : span.end].rstrip(" ー-・.(のノ")
    return Contact(kind, quote, span.start, span.start + len(quote))
