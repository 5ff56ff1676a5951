"""Rule files become tables; anything wrong is told by file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import re2

from service.facts.lexicon import Term
from service.facts.pattern import Pattern
from service.located import Located
from service.rulebook.answers import Advised
from service.rulebook.book import Desk, Site
from service.rulebook.finding import Source
from service.rulebook.rule import NO_CLAIM, Condition, Example, Rule
from service.vocabulary import (
    ASK_KINDS,
    CLAIM_KINDS,
    DRAFT_KINDS,
    LANGUAGES,
    PLATFORMS,
    STAGES,
    VERDICTS,
    AskKind,
    Platform,
    Verdict,
    is_site_name,
)

_RULE_KEYS = ("id", "title", "effective", "when", "verdict", "what", "why", "do", "next", "drafts", "sources", "help",
              "summary", "examples")  # fmt: skip
_REQUIRED = ("id", "title", "when", "verdict", "what", "why", "do", "sources")
_WHEN_KEYS = ("asks", "channels", "not_channels", "stage", "claims", "signals")
_SLOT = re2.compile(r"\{([a-z_]+)\}")
KNOWN_SLOTS = ("asked", "site", "channel_in_site", "application", "builtin_call")


def parse_rules(file: Located, *, prefix: str, slots: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rows of a table file. `slots` are the values its texts may use besides {asked}."""
    allowed = {"asked", *slots}
    return tuple(_parse_rule(part, prefix, allowed) for part in file.parts("rules"))


def parse_site(file: Located) -> Site:
    """Return one platform's table."""
    file.check_keys(
        ("platform", "name", "about", "words", "slots", "drafts", "rules"), ("platform", "name", "slots", "rules")
    )
    name = file.text("platform")
    if not is_site_name(name):
        file.refuse(
            f"「platform: {name}」は使えません", "platform", "英小文字・数字・_ だけの名前にしてください（例: newsite）"
        )
    platform = cast(Platform, name)
    drafts = file.part("drafts")
    drafts.check_keys(LANGUAGES)
    block = file.part("slots")
    block.check_keys(KNOWN_SLOTS[1:], ("site", "channel_in_site"))
    slots = {name: block.text(name) for name in block}
    rules = parse_rules(file, prefix=platform, slots=slots)
    wordings = {
        language: {key: drafts.part(language).text(key) for key in drafts.part(language)} for language in drafts
    }
    return Site(platform, file.text("name"), file.text("about"), slots, rules, file.file, wordings)


def parse_site_words(file: Located) -> tuple[Term, Pattern] | None:
    """Return how a platform file says its site is named in messages, where it says so."""
    words, platform = file.texts("words"), file.text("platform")
    if not words:
        return None
    line = file.lines["words"]
    term = Term(f"site_{platform}", words, edges="left", file=file.file, line=line)
    return term, Pattern("name", "site", platform, ((term.name,),), negatable=False, quoted_counts=True,
                         subject_counts=True, file=file.file, line=line)  # fmt: skip


def _parse_rule(part: Located, prefix: str, slots: set[str]) -> Rule:
    part.check_keys(_RULE_KEYS, _REQUIRED)
    effective = part.part("effective")
    effective.check_keys(("from", "until"))
    texts = {key: _checked(part, key, part.text(key), slots) for key in ("what", "why", "do", "summary")}
    return Rule(
        id=f"{prefix}/{part.text('id')}",
        title=part.text("title"),
        when=_parse_condition(part.part("when")),
        verdict=part.one_of("verdict", VERDICTS),
        next_steps=tuple(_checked(part, "next", step, slots) for step in part.texts("next")),
        drafts=_choices(part, "drafts", DRAFT_KINDS),  # type: ignore[arg-type]
        sources=part.texts("sources"),
        help=part.texts("help"),
        effective_from=effective.day("from"),
        effective_until=effective.day("until"),
        examples=tuple(_parse_examples(part.part("examples"))),
        file=part.file,
        line=part.line,
        **texts,
    )


def _parse_condition(part: Located) -> Condition:
    part.check_keys(_WHEN_KEYS)
    return Condition(
        asks=_choices(part, "asks", ASK_KINDS),  # type: ignore[arg-type]
        channels=part.texts("channels"),
        not_channels=part.texts("not_channels"),
        stages=_choices(part, "stage", STAGES),  # type: ignore[arg-type]
        claims=_choices(part, "claims", (*CLAIM_KINDS, NO_CLAIM)),  # type: ignore[arg-type]
        signals=part.texts("signals"),
    )


def _parse_examples(block: Located) -> Iterable[Example]:
    block.check_keys(("hit", "miss"))
    for expect in ("hit", "miss"):
        for part in block.parts(expect):
            part.check_keys(("text", "stage", "as_of", "verdict"), ("text",))
            stage = part.one_of("stage", STAGES, "unknown")
            verdict = part.one_of("verdict", VERDICTS) if "verdict" in part else ""
            yield Example(part.text("text"), expect, stage, part.day("as_of"), part.line, verdict)


def _choices(part: Located, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
    names = list(allowed)
    for value in part.texts(key):
        if value not in names:
            part.refuse(f"「{key}: {value}」は使えません", key, f"使える値: {', '.join(names)}")
    return part.texts(key)


def _checked(part: Located, key: str, text: str, slots: set[str]) -> str:
    for match in _SLOT.finditer(text):
        if match.group(1) not in slots:
            part.refuse(f"「{{{match.group(1)}}}」は使えません", key, f"使える差し込み: {', '.join(sorted(slots))}")
    return text


def parse_sources(file: Located) -> dict[str, Source]:
    """Return the sources by id."""
    file.check_keys(("sources",), ("sources",))
    return {name: _parse_source(file.part("sources").part(name)) for name in file.part("sources")}


def _parse_source(part: Located) -> Source:
    part.check_keys(("title", "url", "checked_on", "confirmed"), ("title", "url", "checked_on"))
    if not part.text("url").startswith(("https://", "http://")):
        part.refuse("「url」は https:// から書いてください", "url")
    day = part.day("checked_on")
    assert day is not None  # check_keys has seen it
    return Source(part.text("title"), part.text("url"), day, part.flag("confirmed", True))


def parse_names(file: Located) -> tuple[dict[str, str], dict[AskKind, Mapping[str, str]]]:
    """Return the names of channels and of asks."""
    file.check_keys(("channels", "asks"), ("channels", "asks"))
    channels, asks = file.part("channels"), file.part("asks")
    asks.check_keys(ASK_KINDS, ASK_KINDS)
    names = {}
    for kind in ASK_KINDS:
        asks.part(kind).check_keys(("plain", "through", *channels), ("plain",))
        names[kind] = {form: asks.part(kind).text(form) for form in asks.part(kind)}
    return {name: channels.text(name) for name in channels}, cast(dict[AskKind, Mapping[str, str]], names)


def parse_desks(file: Located) -> dict[str, Desk]:
    """Return the help desks by id."""
    file.check_keys(("help",), ("help",))
    desks = {}
    for name in file.part("help"):
        part = file.part("help").part(name)
        part.check_keys(("name", "phone", "url", "text"), ("name", "text"))
        desks[name] = Desk(name, part.text("name"), part.text("phone"), part.text("url"), part.text("text"))
    return desks


def parse_advised(file: Located, key: str) -> tuple[Advised, ...]:
    """Return what is said about signals: `done` (past deeds) or `questions`."""
    file.check_keys(("done", "questions"))
    return tuple(_parse_advised(part, "caution" if key == "done" else "ok") for part in file.parts(key))


def _parse_advised(part: Located, verdict: Verdict) -> Advised:
    part.check_keys(("signal", "title", "text", "steps", "help", "sources", "platforms"), ("signal", "title", "text"))
    return Advised(
        signal=part.text("signal"),
        title=part.text("title"),
        text=part.text("text"),
        steps=part.texts("steps"),
        help=part.texts("help"),
        sources=part.texts("sources"),
        platforms=_choices(part, "platforms", PLATFORMS),  # type: ignore[arg-type]
        verdict=verdict,
    )
