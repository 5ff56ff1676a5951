"""Read what asking a model stands on from the prompts folder: prompt, topics, vocabulary, forbidden words, prices."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import re2

from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.guard.candidate import OVERLAP, Rules, runs
from service.guard.vocabulary import build_vocabulary
from service.located import Located
from service.wording.prices import PriceTable, parse_prices
from service.wording.prompt import Prompt, parse_prompt
from service.wording.topics import Topics

PROMPT_FILE, PRICE_FILE, TOPIC_FILE = "model/shell.toml", "model/prices.toml", "topics.yaml"
VOCABULARY_FILES = ("guard/client.yaml", "guard/worker.yaml")
CASE_FILE = "model/cases.yaml"
FORBIDDEN_FILE = "guard/forbidden.yaml"
_GUARD_EDITION = "1"  # raised when the checks themselves change: what older ones admitted is not trusted


@dataclass(frozen=True, slots=True)
class CaseText:
    """One message of the table that wordings are judged over."""

    id: str
    text: str
    platform: str | None
    stage: str | None
    register: str
    recorded: bool


def read_cases(prompts: Path) -> list[CaseText]:
    """Return the table of cases."""
    file = read_file(prompts / CASE_FILE, prompts)
    return [_read_case(name, entry) for name, entry in file.items()]


def _read_case(name: str, entry: Located) -> CaseText:
    entry.check_keys(("text", "platform", "stage", "register", "record"), required=("text",))
    platform, stage = entry.text("platform") or None, entry.text("stage") or None
    return CaseText(name, entry.text("text"), platform, stage, entry.text("register", "polite"), "record" in entry)


def read_prompt(prompts: Path) -> Prompt:
    """Return the prompt; raise a RuleFileError that says what is wrong in its file."""
    return parse_prompt(read_toml(prompts / PROMPT_FILE), file=PROMPT_FILE)


def read_prices(prompts: Path) -> PriceTable:
    """Return the price table."""
    return parse_prices(read_toml(prompts / PRICE_FILE), file=PRICE_FILE)


def read_topics(prompts: Path) -> Topics:
    """Return the topics that may be named."""
    file = read_file(prompts / TOPIC_FILE, prompts)
    return Topics({topic: file.texts(topic) for topic in file})


def read_rules(prompts: Path, prompt: Prompt, topics: Topics) -> Rules:
    """Return what the guard goes by; its version changes with every word of it."""
    forbidden = read_file(prompts / FORBIDDEN_FILE, prompts)
    return Rules(
        vocabulary=build_vocabulary([read_file(prompts / name, prompts) for name in VOCABULARY_FILES], topics.words),
        forbidden={name: _compile(forbidden.texts(name), name) for name in ("topic", "meta", "blame", "glad")},
        topics=tuple(topics.words),
        canary=prompt.canary,
        prompt_runs=frozenset(runs(prompt.rules, OVERLAP)),
        version=_hash(prompts, (*VOCABULARY_FILES, FORBIDDEN_FILE, TOPIC_FILE)),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file; raise a RuleFileError where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleFileError("ファイルを開けません", file=str(path), remedy="ファイルがあるか確かめる") from error
    except ValueError as error:  # broken TOML, or not UTF-8
        raise RuleFileError(f"TOMLとして読めません（{error}）", file=str(path)) from error


def _compile(expressions: tuple[str, ...], name: str) -> Any:
    try:
        return re2.compile("|".join(f"(?:{each})" for each in expressions))
    except re2.error as error:
        raise RuleFileError(f"{name} の言葉に誤りがあります（{error}）", file=FORBIDDEN_FILE) from error


def _hash(prompts: Path, names: tuple[str, ...]) -> str:
    text = b"\x1f".join((prompts / name).read_bytes() for name in names)
    return hashlib.sha256(_GUARD_EDITION.encode() + text).hexdigest()[:16]
