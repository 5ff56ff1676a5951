"""`kotowari chat`: the same advisor in the terminal, as a conversation."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from argparse import Namespace

from service.adapters.days import read_day, today
from service.cli.conversation import HELP, Conversation
from service.cli.screen import find_screen
from service.dialogue.situation import Situation
from service.dialogue.words import understand
from service.intake.message import make_message
from service.settings import read_settings
from service.wiring.book import load_book

_PASTE_PAUSE = 0.05  # seconds: lines of one paste follow each other faster than fingers


def run(options: Namespace) -> int:
    """Talk until the worker says goodbye or the input ends."""
    as_of = read_day(options.as_of) if options.as_of is not None else today()
    platform = options.platform or read_settings(os.environ).platform
    make_message("確認", as_of=as_of, platform=platform, stage=options.stage, register=options.register)
    situation = Situation(platform, options.stage, options.register)
    book = load_book()
    book.rules.require_site(platform)
    talk = Conversation(book, as_of=as_of, screen=find_screen(sys.stdout, os.environ), situation=situation)
    _prepare_input()
    _say(HELP)
    while not talk.over and (text := read_block()) is not None:
        _say(talk.hear(text))
    return 0


def read_block() -> str | None:
    """Return a message of one or more lines, ended by an empty line, or a line that is a wish; None at the end."""
    lines: list[str] = []
    while True:
        try:
            line = input(_prompt("… " if lines else "> "))
        except EOFError:
            return "\n".join(lines) if lines else None
        if not lines and understand(line):
            return line
        if line.strip() or (lines and _is_pasting()):
            lines.append(line)
        elif lines:
            return "\n".join(lines)


def _prompt(sign: str) -> str:
    return sign if sys.stdin.isatty() else ""


def _is_pasting() -> bool:
    """Tell whether more lines are already waiting: an empty line inside a paste ends no message."""
    if not sys.stdin.isatty() or os.name == "nt":
        return False
    return bool(select.select([sys.stdin], [], [], _PASTE_PAUSE)[0])


def _prepare_input() -> None:
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - editing, and lines longer than a terminal's 4,096 bytes
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")  # unreadable bytes are told, not fatal


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
