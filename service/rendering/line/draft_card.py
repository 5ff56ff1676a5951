"""A draft in its own bubble, to copy or to send with one tap; a long one in several, a very long one as plain texts.

LINE copies with one tap on phones alone, so the last bubble also offers the draft as a plain text.
"""

from __future__ import annotations

from service.drafting.draft import Draft
from service.rendering.line.flex import (
    FAINT,
    LINK,
    TINT,
    Json,
    box,
    bubble,
    button,
    encode_words,
    flex_message,
    words,
)
from service.rendering.line.measure import (
    LARGEST_BUBBLE,
    LONGEST_CLIPBOARD,
    LONGEST_TEXT,
    LONGEST_URI,
    count_bytes,
    cut_units,
    fit_units,
)
from service.rendering.line.postback import Postback, encode_postback

_MOST_PARTS = 4  # messages: the card is the fifth
_SHARE = "https://line.me/R/share?text="
_PLAIN = "文章で受け取る"
_BY_MODEL = "言い回しの一部をAIが整えています。送る前に、ひととおりお読みください。"


def draw_draft(draft: Draft, *, recommended: bool, key: str) -> list[Json]:
    """Return a draft's messages, at most four; each holds what one tap copies."""
    parts = split_draft(draft.text, LONGEST_CLIPBOARD)
    if len(parts) > _MOST_PARTS:
        return draw_plain(draft)
    kind = "おすすめの返信" if recommended else "返信"
    last = _offer_plain(draft, key)
    return [
        _draw_part(draft, part, (number, len(parts)), kind, last if number == len(parts) else [])
        for number, part in enumerate(parts, start=1)
    ]


def draw_plain(draft: Draft) -> list[Json]:
    """Return a draft as plain texts, at most four: they can be selected on a computer, and held down on a phone."""
    parts = split_draft(draft.text, LONGEST_TEXT)
    kept, rest = parts[: _MOST_PARTS - 1], "\n".join(parts[_MOST_PARTS - 1 :])
    texts = [*kept, cut_units(rest, LONGEST_TEXT)] if rest else kept
    return [{"type": "text", "text": part} for part in texts]


def split_draft(text: str, most: int) -> list[str]:
    """Return a text in parts of so many UTF-16 units: cut between paragraphs, else lines, else sentences."""
    parts, rest = [], text.strip()
    while rest:
        end = fit_units(rest, most)
        if end < len(rest):
            end = _cut_at(rest, end)
        parts.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [part for part in parts if part]


def _cut_at(text: str, end: int) -> int:
    """Return the best place to cut at or before `end`; never in the first half, which would leave scraps."""
    for sign in ("\n\n", "\n", "。", ". ", "、", " "):
        place = text.rfind(sign, end // 2, end)
        if place >= 0:
            return place + len(sign)
    return end


def _draw_part(draft: Draft, part: str, place: tuple[int, int], kind: str, more: list[Json]) -> Json:
    number, count = place
    counted = f"（{number}/{count}）" if count > 1 else ""
    head = [words(f"{kind}{counted}", size="xs", color=FAINT, weight="bold"), words(draft.label, weight="bold")]
    paper = box([words(part, most=LONGEST_CLIPBOARD)], backgroundColor=TINT, cornerRadius="md", paddingAll="md")
    foot = [words(_BY_MODEL, size="xs", color=FAINT)] if draft.wording == "model" else []
    body = box([*head, paper, *foot], spacing="sm", paddingAll="lg")
    alt = f"{kind}「{draft.label}」の文面{counted}です。開くとコピーできます。"
    return flex_message(alt, _with_taps(body, part, counted, more))


def _offer_plain(draft: Draft, key: str) -> list[Json]:
    data = encode_postback(Postback("plain", draft.kind, key))
    action = {"type": "postback", "data": data, "displayText": _PLAIN}
    return [words(f"コピーできないときは: {_PLAIN}", size="xs", color=LINK, decoration="underline", action=action)]


def _with_taps(body: Json, part: str, counted: str, more: list[Json]) -> Json:
    """Put the taps under a draft; where the address for sending would be too long, copying alone stays."""
    copy = button(f"コピー{counted}", {"type": "clipboard", "clipboardText": part}, primary=True)
    address = _SHARE + encode_words(part)
    send = button(f"送る{counted}", {"type": "uri", "uri": address})
    both = bubble(body=body, footer=_foot([copy, send], more))
    fits = len(address) <= LONGEST_URI and count_bytes(both) <= LARGEST_BUBBLE
    return both if fits else bubble(body=body, footer=_foot([copy], more))


def _foot(buttons: list[Json], more: list[Json]) -> Json:
    return box([box(buttons, layout="horizontal", spacing="sm"), *more], spacing="md", paddingAll="lg")
