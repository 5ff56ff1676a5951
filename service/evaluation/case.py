"""Case: one labelled message, as a person says it should be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from service.errors import InputError
from service.intake.message import make_message
from service.located import Located
from service.vocabulary import (
    ASK_KINDS,
    CLAIM_KINDS,
    PLATFORMS,
    ROLES,
    STAGES,
    VERDICTS,
    Platform,
    Stage,
    Verdict,
    is_site_name,
)

_ANY_DAY = date(2026, 1, 1)  # only to try whether the text can be judged at all


@dataclass(frozen=True, slots=True)
class Case:
    """A message with its labels. `groups` are the slices it was put into by hand."""

    id: str
    text: str
    verdict: Verdict
    asks: frozenset[str]
    claims: frozenset[str] | None = None  # None where nobody labelled them
    platform: Platform | None = None
    stage: Stage | None = None
    as_of: date | None = None
    groups: tuple[str, ...] = ()
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """Where the label was written."""
        return f"{self.file}:{self.line}"


def parse_case(part: Located) -> Case:
    """Return one labelled message; raise RuleFileError, with file and line, where it cannot be used."""
    _require(part, "text")
    _require(part, "verdict")
    verdict = cast(Verdict, part.one_of("verdict", VERDICTS))
    if "asks" not in part and verdict != "ok":
        part.refuse("「asks」がありません", None, "頼みごとがなければ asks: [] と書いてください")
    case = Case(
        id=part.text("id") or f"{part.file}:{part.line}",
        text=part.text("text"),
        verdict=verdict,
        asks=_choices(part, "asks", ASK_KINDS),
        claims=_choices(part, "claims", CLAIM_KINDS) if "claims" in part else None,
        platform=_read_site(part),
        stage=cast(Stage, part.one_of("stage", STAGES)) if part.get("stage") else None,
        as_of=part.day("as_of"),
        groups=_groups(part),
        note=part.text("note"),
        file=part.file,
        line=part.line,
    )
    try:
        make_message(case.text, as_of=case.as_of or _ANY_DAY)
    except InputError as error:
        part.refuse(str(error), "text", "文章を直すか、この項目を消してください")
    return case


def _read_site(part: Located) -> Platform | None:
    name = part.text("platform")
    if name and not is_site_name(name):
        part.refuse(f"「platform: {name}」は使えません", "platform", f"使える値: {', '.join(PLATFORMS)}")
    return cast("Platform | None", name or None)


def _require(part: Located, key: str) -> None:
    if not part.get(key):
        part.refuse(f"「{key}」がありません", None, f"「{key}:」を書き足してください")


def _choices(part: Located, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
    for value in part.texts(key):
        if value not in allowed:
            part.refuse(f"「{key}: {value}」は使えません", key, f"使える値: {', '.join(allowed)}")
    return frozenset(part.texts(key))


def _groups(part: Located) -> tuple[str, ...]:
    names = [f"slice={name}" for name in part.texts("slice")] + [f"tag={name}" for name in part.texts("tags")]
    if part.get("role"):
        names.append(f"labelled role={part.one_of('role', ROLES)}")
    return tuple(names)
