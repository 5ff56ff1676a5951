"""What the LINE account says besides an answer: the greeting, the help, a sentence for every other situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.rendering.line.flex import Json
from service.rendering.line.measure import LONGEST_TEXT, cut_units
from service.rendering.line.postback import DONE_VALUES, Postback
from service.rendering.line.quick import STAGE_LABELS, speak, tap, with_taps
from service.rendering.names import PLATFORM_NAMES, REGISTER_NAMES, STAGE_NAMES
from service.vocabulary import PLATFORMS, Platform

# The situations, each with the slots its text must be given.
WORDS: dict[str, tuple[str, ...]] = {
    "sticker": (), "image": (), "video": (), "audio": (), "file": (), "location": (),
    "stale_button": (), "forged_button": (), "forgotten": (), "ask_forget": (), "own_draft": (), "group_leave": (),
    "too_long": ("limit",), "unreadable": (), "nothing_remembered": (), "stage_noted": ("stage",),
    "platform_noted": ("platform",), "register_noted": ("register",), "choose_platform": (), "choose_done": (),
    "rated_useful": (), "rated_wrong": (), "failed": (), "small_talk": (),
}  # fmt: skip
GREETING = ("hello", "keeps", "no_model", "model", "model_excerpt", "delete")
TAPS = ("examples", "site", "stages", "platforms", "done", "deeds", "help", "forget", "forget_yes")
SITE_LABELS: dict[Platform, str] = PLATFORM_NAMES | {"unknown": "ほかのサイト"}
_NAMES: dict[str, Mapping[str, str]] = {
    "stage": {stage: name for stage, name in STAGE_NAMES.items()},
    "platform": {site: name for site, name in SITE_LABELS.items()},
    "register": {register: name for register, name in REGISTER_NAMES.items()},
}


@dataclass(frozen=True, slots=True)
class Saying:
    """A text and the names of the buttons under it."""

    text: str
    taps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button and the sentence it stands for."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Talk:
    """All texts of prompts/line, read and checked. Every method returns messages, buttons on the last one."""

    greeting: Mapping[str, str]
    help: Saying
    sayings: Mapping[str, Saying]
    done: Mapping[str, Choice]
    examples: tuple[Choice, ...]

    @property
    def done_sentences(self) -> dict[str, str]:
        """For each value of a `done` button the sentence to judge, as if the worker had written it."""
        return {value: choice.sentence for value, choice in self.done.items()}

    def greet(self, retention_days: int, model: bool, *, excerpt: bool = False) -> list[Json]:
        """Return the greeting. `excerpt`: a redacted part of the message may go to the model too."""
        told = ("model_excerpt" if excerpt else "model") if model else "no_model"
        keeps = self.greeting["keeps"].replace("{days}", str(retention_days))
        about = "\n\n".join((keeps, self.greeting[told], self.greeting["delete"]))
        return with_taps([_text(self.greeting["hello"]), _text(about)], self._taps(("examples", "site", "help"), ""))

    def help_text(self) -> list[Json]:
        """Return how to use the account."""
        return with_taps([_text(self.help.text)], self._taps(self.help.taps, ""))

    def say(self, word: str, **slots: str | int) -> list[Json]:
        """Return what is said in a situation. Slots: those of WORDS, and `key` for the buttons.

        Raises KeyError for an unknown word or a missing slot.
        """
        saying = self.sayings[word]
        text = saying.text
        for slot in WORDS[word]:
            text = text.replace(f"{{{slot}}}", _name(slot, slots[slot]))
        return with_taps([_text(text)], self._taps(saying.taps, str(slots.get("key", ""))))

    def _taps(self, names: tuple[str, ...], key: str) -> list[Json]:
        return [each for name in names for each in self._tap(name, key)]

    def _tap(self, name: str, key: str) -> list[Json]:
        lists = {
            "examples": lambda: [speak(each.label, each.sentence) for each in self.examples],
            "site": lambda: [tap("サイトを選ぶ", Postback("ask_platform", "", key))],
            "stages": lambda: [tap(label, Postback("stage", stage, key)) for stage, label in STAGE_LABELS.items()],
            "platforms": lambda: [tap(SITE_LABELS[site], Postback("platform", site, key)) for site in PLATFORMS],
            "done": lambda: [tap("もう送ってしまった", Postback("done", "", key))],
            "deeds": lambda: [tap(self.done[value].label, Postback("done", value, key)) for value in DONE_VALUES],
            "help": lambda: [tap("ヘルプ", Postback("help"))],
            "forget": lambda: [tap("履歴を削除", Postback("forget", "ask"))],
            "forget_yes": lambda: [tap("削除する", Postback("forget", "yes"))],
        }
        return lists[name]()


def _name(slot: str, value: str | int) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return _NAMES[slot][value] if slot in _NAMES else value


def _text(text: str) -> Json:
    return {"type": "text", "text": cut_units(text.strip(), LONGEST_TEXT)}
