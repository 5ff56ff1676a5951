"""A turn of the talk: what the page sends, and which message is then to be judged with which site, stage and tone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from service.dialogue.situation import Situation
from service.dialogue.words import understand

Note = Literal["", "learned", "help", "deeds", "forget", "farewell", "reset", "no_drafts", "small_talk"]
_LEARNED = ("platform", "stage", "register")
_NOTES: dict[str, Note] = {"help": "help", "done": "deeds", "forget": "forget", "quit": "farewell", "reset": "reset"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What to do: judge `text` in a situation, or say a `note` where there is nothing to judge.

    `said` are the words that led here, where they are not the message itself; `draft` is the draft to open, from 1.
    """

    text: str
    situation: Situation
    said: str = ""
    note: Note = ""
    draft: int = 1
    tone_only: bool = False

    def answer_small_talk(self) -> Turn:
        """Return the turn that says a friendly word back instead of a verdict."""
        return replace(self, text="", said=self.said or self.text, note="small_talk")


def read_turn(form: Mapping[str, str]) -> Turn:
    """Read the form: new words in `text`, or a tapped sentence in `say`; `about` is the message judged before."""
    situation = Situation(
        _field(form, "platform") or None, _field(form, "stage") or None, _field(form, "register") or "polite"
    )
    about = _field(form, "about")
    return take_turn(_field(form, "say") or _field(form, "text"), about, situation)


def take_turn(words: str, about: str, situation: Situation) -> Turn:
    """Understand words that are meant for the advisor; anything else is the next message to judge."""
    wishes = understand(words)
    if not wishes:
        return Turn(words, situation)
    for wish in wishes:
        if wish.wish in _LEARNED:
            situation = replace(situation, **{wish.wish: wish.value})
    first = wishes[0]
    if first.wish in _NOTES:
        text = about if first.wish == "done" else ""
        return Turn(text, Situation() if first.wish == "reset" else situation, words, _NOTES[first.wish])
    if not about:
        return Turn("", situation, words, "no_drafts" if first.wish == "draft" else "learned")
    number = int(first.value) if first.wish == "draft" and first.value.isdecimal() else 1
    return Turn(about, situation, words, draft=number, tone_only=all(wish.wish == "register" for wish in wishes))


def _field(form: Mapping[str, str], name: str) -> str:
    """Return a field; line ends as they were typed, not as forms send them."""
    return form.get(name, "").replace("\r\n", "\n")
