"""Advice becomes words without a model: choose the parts, fill the slots, name what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.drafting.draft import Draft, Part
from service.drafting.library import DraftLibrary
from service.drafting.slots import TemplatePart, fill_slots
from service.errors import RuleFileError
from service.vocabulary import AskKind, DraftKind, Language, Platform, Register

MOST_NAMED = 3  # asks named one by one; with more, the first two and など


def compose_draft(
    kind: DraftKind,
    *,
    register: Register = "polite",
    language: Language = "ja",
    asks: Sequence[AskKind] = (),
    slots: Mapping[str, str],
    library: DraftLibrary,
) -> Draft:
    """Write the draft from its file; an empty value counts as a slot the site does not have."""
    template = library.templates[kind, register, language]
    values = {slot: value for slot, value in slots.items() if value}
    if "asked" not in values:
        values["asked"] = phrase_asked([(ask, None) for ask in asks], language=language, library=library)
    chosen = template.choose_parts({library.groups[ask] for ask in asks})
    parts = tuple(_fill(part, values, file=template.file) for part in chosen if part.fits(values))
    return Draft(kind, library.labels[kind, language], register, parts)


def _fill(part: TemplatePart, values: Mapping[str, str], *, file: str) -> Part:
    try:
        return Part(part.name, fill_slots(part.text, values))
    except KeyError as missing:
        remedy = "drafts/sites.yaml のこのサイトに値を書く"
        message = f"{{{missing.args[0]}}} の値がありません"
        raise RuleFileError(message, file=file, line=part.line, remedy=remedy) from None


def name_site(platform: Platform, *, language: Language = "ja", library: DraftLibrary) -> dict[str, str]:
    """Return the slots that name a site and its functions; add `quote` for a report."""
    return dict(library.sites[platform, language])


def phrase_asked(
    asks: Sequence[tuple[AskKind, str | None]], *, language: Language = "ja", library: DraftLibrary
) -> str:
    """Name what was asked for as one phrase: each (ask, channel) once, neighbours' shared words said once."""
    words = library.asked
    phrases = list(dict.fromkeys(_name_ask(ask, channel, language, library) for ask, channel in asks))
    if not phrases:
        return words.nothing[language]
    many = len(phrases) > MOST_NAMED
    join = words.join[language]
    named = _share(phrases[:2] if many else phrases, language, join["stems"])
    if many:
        return join["list"].join(named) + join["more"]
    *first, last = named
    if not first:
        return last
    return join["list"].join(first) + (join["last"] if first[1:] else join["two"]) + last


def _name_ask(ask: AskKind, channel: str | None, language: Language, library: DraftLibrary) -> str:
    words = library.asked.phrases[ask, language]
    if channel and channel in words:
        return words[channel]
    if channel and channel in library.asked.channels and "through" in words:
        return words["through"].replace("{channel}", library.asked.channels[channel][language])
    return words["plain"]


def _share(phrases: Sequence[str], language: Language, joint: str) -> list[str]:
    """Join phrases that share the words beyond the bar (Japanese: after it; else: before it)."""
    shared: dict[tuple[str, str], list[str]] = {}
    for phrase in phrases:
        front, bar, back = phrase.partition("|")
        common, own = (back, front) if language == "ja" else (front, back)
        key = (common, "") if bar else ("", phrase)
        shared.setdefault(key, []).append(own if bar else phrase)
    stems = ((common, joint.join(owns)) for (common, _), owns in shared.items())
    return [own + common if language == "ja" else common + own for common, own in stems]
