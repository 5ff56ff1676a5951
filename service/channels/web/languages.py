"""Which language a visitor reads: the one they chose, else English where their browser prefers it, else Japanese."""

from __future__ import annotations

from fastapi import Request

from service.rendering.web.texts import UI_LANGUAGES, UiLanguage

COOKIE = "kotowari_lang"
COOKIE_SECONDS = 365 * 24 * 3600


def choose_language(request: Request) -> UiLanguage:
    """Return the language of the answer to a request: the address wins, then the cookie, then the browser."""
    return (
        _known(request.query_params.get("lang"))
        or _known(request.cookies.get(COOKIE))
        or _preferred(request.headers.get("accept-language", ""))
    )


def _known(word: str | None) -> UiLanguage | None:
    return next((language for language in UI_LANGUAGES if language == word), None)


def _preferred(header: str) -> UiLanguage:
    """Return the first language of ours in the browser's order; Japanese where it names none."""
    ranked = sorted((_read_range(each) for each in header[:500].split(",")), key=lambda pair: -pair[1])
    known = (_known(tag) for tag, weight in ranked if weight > 0)
    return next((language for language in known if language), "ja")


def _read_range(text: str) -> tuple[str, float]:
    tag, _, weight = text.partition(";q=")
    try:
        return tag.strip().partition("-")[0].lower(), float(weight or 1)
    except ValueError:
        return "", 0.0
