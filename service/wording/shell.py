"""Shell: the short strings a model may add around the rules' own sentences, one for each place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

WORKER_PLACES = ("lead", "tip")
CLIENT_PLACES = ("opening", "empathy", "bridge", "closing")
PLACES = WORKER_PLACES + CLIENT_PLACES

_CUSHION = re.compile(r"(?:の)?(で(?:す|ございます|はございます)|ます|ません)が、?$")


@dataclass(frozen=True, slots=True)
class Shell:
    """A model's words, place by place; an empty string leaves the place as the template has it."""

    lead: str
    tip: str
    opening: str
    empathy: str
    bridge: str
    closing: str

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield each place that has words, with them."""
        for place in PLACES:
            if words := getattr(self, place):
                yield place, words

    def to_json(self) -> str:
        """Return the shell as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def schema() -> dict[str, object]:
    """Return the JSON Schema of a shell, as strict structured output wants it."""
    names = [field.name for field in fields(Shell)]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
        "additionalProperties": False,
    }


def read_shell(text: str) -> Shell | None:
    """Return the shell that a JSON text holds, tidied; None for any other shape."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or set(data) != set(PLACES):
        return None
    if not all(isinstance(value, str) for value in data.values()):
        return None
    return Shell(**{place: tidy(value) for place, value in data.items()})


def tidy(text: str) -> str:
    """Return the words one sentence after the other, each closed; a cushion left open (恐縮ですが) is closed too."""
    lines = [line.strip(" \u3000") for line in text.replace("\r", "\n").split("\n")]
    whole = "".join(line if line.endswith("。") or not line else f"{line}。" for line in lines)
    return "".join(f"{_CUSHION.sub(_close, sentence)}。" for sentence in whole.split("。") if sentence)


def _close(match: re.Match[str]) -> str:
    return match[1].replace("ではございます", "でございます") if match[1] else match[0]


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a place, without their full stops."""
    return [sentence for sentence in text.split("。") if sentence]
