"""A conversation in the terminal: what is said goes in, what is shown comes out; site and stage are remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from service.cli.screen import Screen
from service.consultation import Answer, Book, consult
from service.dialogue.situation import Situation
from service.dialogue.words import Command, understand
from service.errors import InputError
from service.guard.reply import admit_template
from service.intake.message import Message, make_message
from service.rendering.names import PLATFORM_NAMES, REGISTER_NAMES, STAGE_NAMES
from service.rendering.terminal import show_answer, show_draft
from service.vocabulary import PLATFORMS, REGISTERS, STAGES

HELP = """\
届いたメッセージを貼り付けて、最後に空の行で Enter を押してください。
次の言葉も使えます。
  契約前です・契約後です      契約の段階を伝える（/stage before・/stage after）
  ココナラです など           サイトを伝える（/platform coconala）
  もっとやわらかく・短く      返信文の文体を変える（/register soft・short・polite）
  2・ほかの文面               2番目の返信文・すべての返信文を見る
  リセット                    はじめから相談する
  ヘルプ・終了
"""
_CHOICES = {"platform": PLATFORMS, "stage": STAGES, "register": REGISTERS}
_NAMES: dict[str, dict[str, str]] = {
    "platform": {word: name for word, name in PLATFORM_NAMES.items()},
    "stage": {word: name for word, name in STAGE_NAMES.items()},
    "register": {word: name for word, name in REGISTER_NAMES.items()},
}
_SAID = {"platform": "サイト: {}", "stage": "契約の段階: {}", "register": "返信文の文体: {}"}


class Conversation:
    """One conversation. `hear` returns what to show; `over` tells that the worker has said goodbye."""

    def __init__(self, book: Book, *, as_of: date, screen: Screen, situation: Situation | None = None) -> None:
        self._book, self._as_of, self._screen = book, as_of, screen
        self._first = self._situation = situation or Situation()
        self._last: tuple[Message, Answer] | None = None
        self.over = False

    def hear(self, text: str) -> str:
        """Return what to show for what was said."""
        commands = understand(text)
        try:
            return self._obey(commands) if commands else self._answer(text)
        except InputError as error:
            return f"{error}\n"

    def _answer(self, text: str) -> str:
        message = make_message(
            text,
            as_of=self._as_of,
            platform=self._situation.platform,
            stage=self._situation.stage,
            register=self._situation.register,
        )
        answer = consult(message, self._book)
        self._last = message, answer
        shown = show_answer(admit_template(answer), message.text, width=self._screen.width, colour=self._screen.colour)
        return shown + _ask_back(answer)

    def _obey(self, commands: tuple[Command, ...]) -> str:
        shown, again = "", ""
        for command in commands:
            if command.wish in _CHOICES:
                shown += self._learn(command)
                again = command.wish
            else:
                shown += self._do(command)
        if not again or self._last is None:
            return shown
        answered = self._answer(self._last[0].text)
        return shown + ("\n" + self._show_draft(1) if again == "register" else answered)

    def _learn(self, command: Command) -> str:
        if command.value not in _CHOICES[command.wish]:
            raise InputError(f"使える値: {' · '.join(_CHOICES[command.wish])}")
        self._situation = replace(self._situation, **{command.wish: command.value})
        return _SAID[command.wish].format(_NAMES[command.wish][command.value]) + "\n"

    def _do(self, command: Command) -> str:
        if command.wish == "draft":
            return self._show_all() if command.value == "all" else self._show_draft(int(command.value))
        if command.wish == "help":
            return HELP
        if command.wish == "done":
            return "何をしたかを、ひとことで教えてください（例: 身分証を送ってしまいました）。\n"
        if command.wish in ("reset", "forget"):  # nothing is kept beyond this conversation
            self._situation, self._last = self._first, None
            return "はじめからうかがいます。メッセージを貼り付けてください。\n"
        self.over = True
        return "おつかれさまでした。また迷ったら、いつでもどうぞ。\n"

    def _show_all(self) -> str:
        count = len(self._last[1].drafts) if self._last else 0
        return "\n".join(self._show_draft(number) for number in range(1, count + 1)) or self._show_draft(1)

    def _show_draft(self, number: int) -> str:
        drafts = self._last[1].drafts if self._last else ()
        if not 1 <= number <= len(drafts):
            return "その番号の返信文はありません。\n" if drafts else "お見せできる返信文は、まだありません。\n"
        screen = self._screen
        return show_draft(drafts[number - 1], width=screen.width, colour=screen.colour, recommended=number == 1)


def _ask_back(answer: Answer) -> str:
    if answer.advice.verdict == "depends":
        return "「契約前です」か「契約後です」と教えていただければ、答えをしぼれます。\n"
    return ""
