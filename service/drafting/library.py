"""DraftLibrary: every wording of the drafts, checked to be complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from service.drafting.parse import DraftTemplate
from service.drafting.slots import ALWAYS, COMES_WITH, SLOTS
from service.errors import RuleFileError
from service.vocabulary import (
    ASK_KINDS,
    DRAFT_KINDS,
    LANGUAGES,
    PLATFORMS,
    REGISTERS,
    AskKind,
    DraftKind,
    Language,
    Platform,
    Register,
)

JOINS = ("two", "list", "last", "stems", "more")


@dataclass(frozen=True, slots=True)
class AskedWords:
    """How asks are named. `phrases` maps an ask to its wordings by channel, `plain` and `through` among them."""

    nothing: Mapping[Language, str]
    join: Mapping[Language, Mapping[str, str]]
    channels: Mapping[str, Mapping[Language, str]]
    phrases: Mapping[tuple[AskKind, Language], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DraftLibrary:
    """All wordings, by what selects them."""

    templates: Mapping[tuple[DraftKind, Register, Language], DraftTemplate]
    labels: Mapping[tuple[DraftKind, Language], str]
    groups: Mapping[AskKind, str]
    asked: AskedWords
    sites: Mapping[tuple[Platform, Language], Mapping[str, str]]
    other: Mapping[Language, Mapping[str, str]]  # the words of a site that brings none, with {name} in its place


def build_library(
    templates: Iterable[DraftTemplate], *, groups: Any, labels: Any, asked: Any, sites: Any
) -> DraftLibrary:
    """Put the wordings together; raise a RuleFileError that names the first one missing."""
    by_name = {(each.kind, each.register, each.language): each for each in templates}
    for kind, register, language in product(DRAFT_KINDS, REGISTERS, LANGUAGES):
        if (kind, register, language) not in by_name:
            file = f"drafts/{kind}/{register}.{language}.txt"
            raise RuleFileError("ファイルがありません", file=file, remedy="同じ種類の別の文体を写して書き換える")
    named, other = _read_sites(sites)
    return DraftLibrary(by_name, _read_labels(labels), read_groups(groups), _read_asked(asked), named, other)


def add_site(
    library: DraftLibrary, platform: Platform, name: str, words: Mapping[str, Mapping[str, str]], *, file: str
) -> DraftLibrary:
    """Return the library with the words of a site that has none there: its own, or the usual ones with its name."""
    if (platform, LANGUAGES[0]) in library.sites:
        return library
    added = {}
    for language in LANGUAGES:
        usual = {slot: text.replace("{name}", name) for slot, text in library.other[language].items()}
        added[platform, language] = _check_site(usual | dict(words.get(language, {})), file, f"drafts.{language}")
    return replace(library, sites={**library.sites, **added})


def read_groups(data: Any) -> dict[AskKind, str]:
    """Turn groups.yaml into the group of each ask."""
    file = "drafts/groups.yaml"
    found: dict[AskKind, str] = {}
    for group, asks in _mapping(data, file, "全体").items():
        for ask in asks or ():
            if ask not in ASK_KINDS:
                raise RuleFileError(f"{group}: 「{ask}」は依頼の種類ではありません", file=file, remedy="綴りを確かめる")
            if ask in found:
                raise RuleFileError(f"「{ask}」が {found[ask]} と {group} にあります", file=file, remedy="片方を消す")
            found[ask] = group
    if missing := [ask for ask in ASK_KINDS if ask not in found]:
        raise RuleFileError(f"「{missing[0]}」がありません", file=file, remedy="いずれかのグループに加える")
    return found


def _read_labels(data: Any) -> dict[tuple[DraftKind, Language], str]:
    file = "drafts/labels.yaml"
    table = _mapping(data, file, "全体")
    return {
        (kind, language): _text(_mapping(table.get(kind), file, kind), language, file, kind)
        for kind, language in product(DRAFT_KINDS, LANGUAGES)
    }


def _read_asked(data: Any) -> AskedWords:
    file = "drafts/asked.yaml"
    table = _mapping(data, file, "全体")
    nothing = _mapping(table.get("nothing"), file, "nothing")
    joins = _mapping(table.get("join"), file, "join")
    join = {each: _mapping(joins.get(each), file, f"join.{each}") for each in LANGUAGES}
    for language, key in product(LANGUAGES, JOINS):
        _text(join[language], key, file, f"join.{language}")
    channels = _read_channels(_mapping(table.get("channels"), file, "channels"), file)
    asks = _mapping(table.get("asks"), file, "asks")
    phrases = {
        (ask, language): _read_phrases(asks.get(ask), language, f"asks.{ask}", channels=channels, file=file)
        for ask, language in product(ASK_KINDS, LANGUAGES)
    }
    return AskedWords({each: _text(nothing, each, file, "nothing") for each in LANGUAGES}, join, channels, phrases)


def _read_channels(table: Mapping[str, Any], file: str) -> dict[str, dict[Language, str]]:
    return {
        channel: {each: name if isinstance(name, str) else _text(name, each, file, channel) for each in LANGUAGES}
        for channel, name in table.items()
    }


def _read_phrases(
    data: Any, language: Language, where: str, *, channels: Mapping[str, object], file: str
) -> Mapping[str, str]:
    words = _mapping(_mapping(data, file, where).get(language), file, f"{where}.{language}")
    _text(words, "plain", file, f"{where}.{language}")
    for key, phrase in words.items():
        if key not in ("plain", "through") and key not in channels:
            raise RuleFileError(f"{where}: 「{key}」は channels にありません", file=file, remedy="channels に加える")
        if "{" in phrase.replace("{channel}", "") or ("{channel}" in phrase) != (key == "through"):
            raise RuleFileError(f"{where}.{language}.{key} の {{channel}}", file=file, remedy="through だけに書く")
    return words


def _read_sites(
    data: Any,
) -> tuple[dict[tuple[Platform, Language], Mapping[str, str]], dict[Language, Mapping[str, str]]]:
    file = "drafts/sites.yaml"
    table = _mapping(data, file, "全体")
    found: dict[tuple[Platform, Language], Mapping[str, str]] = {}
    for platform, language in product(PLATFORMS, LANGUAGES):
        where = f"{platform}.{language}"
        words = _mapping(_mapping(table.get(platform), file, platform).get(language), file, where)
        found[platform, language] = _check_site(words, file, where)
    usual = _mapping(table.get("other"), file, "other")
    words_of = {each: _mapping(usual.get(each), file, f"other.{each}") for each in LANGUAGES}
    return found, {each: _check_site(words, file, f"other.{each}") for each, words in words_of.items()}


def _check_site(words: Mapping[str, Any], file: str, where: str) -> Mapping[str, str]:
    for slot in [*(slot for slot in ALWAYS if slot != "asked"), *words]:
        if slot not in SLOTS:
            raise RuleFileError(f"{where}: 「{slot}」は使えません", file=file, remedy=" ".join(SLOTS))
        _text(words, slot, file, where)
    for slot, other in COMES_WITH.items():
        if (slot in words) != (other in words):
            raise RuleFileError(f"{where}: {other} と {slot} は対です", file=file, remedy="両方を書くか両方を消す")
    return words


def _mapping(data: Any, file: str, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise RuleFileError(f"{where} がありません", file=file, remedy="「名前: 値」の形で書く")
    return data


def _text(table: Mapping[str, Any], key: str, file: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise RuleFileError(f"{where}.{key} がありません", file=file, remedy="文字で書く（記号は引用符で囲む）")
    return value
