"""Put a model's words around the rules' own: soft parts may be replaced, locked ones never are."""

from __future__ import annotations

from dataclasses import replace

from service.drafting.draft import PART_NAMES, SOFT_PARTS, Draft, Part
from service.wording.shell import Shell, split_sentences

_THANKS = "ありがとう"


def assemble_draft(draft: Draft, shell: Shell) -> Draft:
    """Return the draft with the shell's words in their places, a line for each sentence.

    A short draft has no room for more than opening and closing.
    """
    places = ("opening", "closing") if draft.register == "short" else SOFT_PARTS
    said = {place: getattr(shell, place) for place in places if getattr(shell, place)}
    parts = [part for part in draft.parts if part.name not in said and not _repeats_thanks(part, said)]
    parts += [Part(place, _break_lines(words)) for place, words in said.items()]
    ordered = tuple(sorted(parts, key=lambda part: PART_NAMES.index(part.name)))
    return replace(draft, parts=_say_once(ordered), wording="model")


def _repeats_thanks(part: Part, said: dict[str, str]) -> bool:
    """The template's thanks are not said once more beside a model's opening that already gives them."""
    return part.name == "empathy" and _THANKS in part.text and _THANKS in said.get("opening", "")


def _break_lines(words: str) -> str:
    return "\n".join(f"{sentence}。" for sentence in split_sentences(words))


def _say_once(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Drop a sentence of a soft part that stood in an earlier one; a part left empty goes."""
    said: set[str] = set()
    kept = []
    for part in parts:
        lines = part.text.split("\n")
        if not part.locked:
            lines = [line for line in lines if line not in said]
            said.update(lines)
        if lines:
            kept.append(Part(part.name, "\n".join(lines)))
    return tuple(kept)
