"""Pages: HTML made from templates, every value escaped and disarmed, with the policy that lets nothing foreign in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from service.channels.web.assets import Assets
from service.channels.web.languages import COOKIE, COOKIE_SECONDS, choose_language
from service.rendering.web.disarmed import disarm_for_page
from service.rendering.web.texts import UiLanguage, UiTexts

TEMPLATES = Path(__file__).parent / "templates"
# Nothing inline and nothing from elsewhere: a script that slipped into a page would not run. Text becomes HTML only
# through the one policy that chat.js makes for what our own templates wrote.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types kotowari"
)


class Pages:
    """The templates with the texts of both languages."""

    def __init__(self, texts: Mapping[UiLanguage, UiTexts], assets: Assets, templates: Path = TEMPLATES) -> None:
        self.texts = texts
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_show,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["asset"] = assets.address
        self._environment.filters |= {"raw_value": _keep, "host": _host}

    def render(
        self, request: Request, template: str, *, language: UiLanguage | None = None, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return a page in the visitor's language, or in the one it is written in. `style_nonce` lets <style nonce> in."""
        language = language or choose_language(request)
        response = HTMLResponse(self.fill(template, language, **values), status)
        nonce = values.get("style_nonce", "")
        response.headers["Content-Security-Policy"] = _POLICY.format(styles=f" 'nonce-{nonce}'" if nonce else "")
        response.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get("lang") == language:
            secure = request.url.scheme == "https"
            response.set_cookie(COOKIE, language, COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)
        return response

    def texts_for(self, request: Request) -> UiTexts:
        """Return the texts in the visitor's language."""
        return self.texts[choose_language(request)]

    def fill(self, template: str, language: UiLanguage, **values: Any) -> str:
        """Return a template filled: `t(name, slot=…)` gives the page's own texts."""
        texts = self.texts[language]
        # What a page says in English stands amid answers in Japanese: the attribute tells a screen reader.
        ui = Markup(' lang="{}"').format(language) if language != "ja" else ""
        return self._environment.get_template(template).render(t=texts.say, texts=texts, lang=language, ui=ui, **values)


def _show(value: Any) -> Any:
    """Disarm whatever a template writes out, but for markup and what `raw_value` let pass."""
    return disarm_for_page(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _keep(value: str) -> Markup:
    """Escape a value that must come back from the form as it was, character for character."""
    return escape(value)


def _host(url: str) -> str:
    """Return the host of an address: what a person recognises it by."""
    return urlsplit(url).hostname or url
