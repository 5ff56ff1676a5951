"""Prompt: the text a model is given, read from a file with the inputs it declares."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import RuleFileError
from service.wording.shell import PLACES, read_shell
from service.wording.situation import Situation

INPUTS = ("situation", "excerpt")
_SLOT = re.compile(r"\{(\w+)\}")
_KEYS = {"id", "version", "inputs", "output", "effort", "max_output_tokens", "canary", "system", "user", "phrases", "examples", "changes"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file has it. `rules` is the part of the text that must never come back in an answer."""

    id: str
    version: int
    effort: str
    max_output_tokens: int
    canary: str
    rules: str
    system: str
    user: str

    @property
    def name(self) -> str:
        """The prompt's id with its version."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: everything that never changes first, the case last."""

    prompt: Prompt
    instructions: str
    input: str

    @property
    def most_tokens(self) -> int:
        """More tokens than the call can take: one for each character, and the longest answer."""
        return len(self.instructions) + len(self.input) + self.prompt.max_output_tokens


def parse_prompt(data: Mapping[str, Any], *, file: str) -> Prompt:
    """Read a prompt; undeclared and unused inputs, unknown and missing keys are errors of its file."""
    if unknown := sorted(set(data) - _KEYS):
        raise RuleFileError(f"知らない項目「{unknown[0]}」があります", file=file, remedy=f"使える項目: {' '.join(sorted(_KEYS))}")  # fmt: skip
    if missing := sorted(_KEYS - set(data)):
        raise RuleFileError(f"必要な項目「{missing[0]}」がありません", file=file, remedy="書き足す")
    _check_inputs(data, file)
    if tuple(data["output"]) != PLACES:
        raise RuleFileError("output が場所の一覧と違います", file=file, remedy=f"{' '.join(PLACES)} の順に書く")
    if data["canary"] not in data["system"]:
        raise RuleFileError("canary が system にありません", file=file, remedy="system の文に書き入れる")
    return Prompt(
        id=str(data["id"]),
        version=int(data["version"]),
        effort=str(data["effort"]),
        max_output_tokens=int(data["max_output_tokens"]),
        canary=str(data["canary"]),
        rules=str(data["system"]),
        system="\n\n".join(
            (data["system"].strip(), _show_phrases(data["phrases"]), _show_examples(data["examples"], file))
        ),
        user=data["user"].strip(),
    )


def _check_inputs(data: Mapping[str, Any], file: str) -> None:
    declared, used = set(data["inputs"]), set(_SLOT.findall(data["user"]))
    if outside := sorted(set(_SLOT.findall(data["system"]))):
        raise RuleFileError(
            f"system に {{{outside[0]}}} は書けません", file=file, remedy="毎回変わるものは user に書く"
        )
    if undeclared := sorted(used - declared):
        raise RuleFileError(f"{{{undeclared[0]}}} が inputs にありません", file=file, remedy="inputs に書き足す")
    if unused := sorted(declared - used):
        raise RuleFileError(
            f"inputs の「{unused[0]}」が使われていません", file=file, remedy="user に書くか、inputs から消す"
        )
    if unknown := sorted(declared - set(INPUTS)):
        raise RuleFileError(
            f"inputs の「{unknown[0]}」は渡されません", file=file, remedy=f"使える名前: {' '.join(INPUTS)}"
        )


def _show_phrases(phrases: Mapping[str, list[str]]) -> str:
    return "## 言い回し\n" + "\n".join(f"{place}: {'／'.join(said)}" for place, said in phrases.items())


def _show_examples(examples: list[Mapping[str, Any]], file: str) -> str:
    shown = []
    for example in examples:
        said = json.dumps(example.get("output"), ensure_ascii=False)
        if read_shell(said) is None:
            raise RuleFileError(
                "examples の output の形が違います", file=file, remedy=f"すべての場所を書く: {' '.join(PLACES)}"
            )
        shown.append(f"状況: {json.dumps(example.get('situation'), ensure_ascii=False)}\n答え: {said}")
    return "## 例\n" + "\n\n".join(shown)


def render(prompt: Prompt, situation: Situation, *, excerpt: str = "") -> Request:
    """Fill a prompt in for one situation; a value is never read for slots of its own."""
    values = {"situation": _describe(situation), "excerpt": excerpt}
    return Request(prompt, prompt.system, _SLOT.sub(lambda match: values[match[1]], prompt.user).strip())


def _describe(situation: Situation) -> str:
    return json.dumps(json.loads(situation.key), ensure_ascii=False, indent=1, sort_keys=True)


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return the hash of everything in a prompt's file but its version and the list of changes."""
    said = {name: value for name, value in data.items() if name not in ("version", "changes")}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
