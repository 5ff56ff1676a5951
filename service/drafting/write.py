"""Advice becomes the drafts it recommends, filled in for this site and these asks."""

from __future__ import annotations

from service.advice.advice import Advice
from service.drafting.draft import Draft
from service.drafting.library import DraftLibrary
from service.drafting.template import compose_draft, name_site, phrase_asked
from service.facts.fact import Ask, Contact
from service.vocabulary import Language, Register

_LONGEST_QUOTE = 60  # characters of the client's words in a report
_MASK = "＊＊＊"


def write_drafts(advice: Advice, library: DraftLibrary, *, register: Register) -> tuple[Draft, ...]:
    """Return the recommended drafts, the best one first, in the language of the client's message.

    A report goes to the site's office and is always Japanese on Japanese sites.
    """
    spoken = advice.facts.language if advice.role != "worker_question" else "ja"
    languages = {kind: _choose_language(kind, spoken, advice) for kind in advice.draft_kinds}
    slots = {language: name_slots(advice, library, language) for language in set(languages.values())}
    return tuple(
        compose_draft(
            kind,
            register=register,
            language=language,
            asks=advice.asks,
            slots=slots[language],
            library=library,
        )
        for kind, language in languages.items()
    )


def _choose_language(kind: str, spoken: Language, advice: Advice) -> Language:
    if kind == "report":
        return "en" if advice.platform in ("upwork", "fiverr") else "ja"
    return spoken


def name_slots(advice: Advice, library: DraftLibrary, language: Language) -> dict[str, str]:
    """Return what stands in a draft's slots for this advice."""
    slots = dict(name_site(advice.platform, language=language, library=library))
    asked = [(ask.kind, ask.channel) for ask in advice.facts.asks]
    slots["asked"] = phrase_asked(asked, language=language, library=library)
    slots["quote"] = shorten_quote(advice.facts.asks, advice.facts.contacts)
    return slots


def shorten_quote(asks: tuple[Ask, ...], contacts: tuple[Contact, ...]) -> str:
    """Return the gravest ask's words on one line, contact details masked, at most 60 characters."""
    if not asks:
        return ""
    ask = asks[0]
    quote = ask.quote
    for contact in sorted(contacts, key=lambda found: -found.start):
        if ask.start <= contact.start and contact.end <= ask.end:
            quote = quote[: contact.start - ask.start] + _MASK + quote[contact.end - ask.start :]
    quote = " ".join(quote.split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
