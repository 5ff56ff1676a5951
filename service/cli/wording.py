"""`kotowari wording`: try the model's wording beside the template's, judge wordings, record the tests' cassettes anew."""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import Namespace

from service.adapters.database import open_database
from service.adapters.days import today
from service.cli.reading import read_text
from service.cli.screen import find_screen
from service.consultation import Answer, consult
from service.errors import InputError
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from service.rendering.terminal import show_answer
from service.settings import Settings, read_settings
from service.wiring.book import load_book


def run(options: Namespace) -> int:
    """Do the part that was asked for."""
    if options.part == "judge":
        from service.cli.wording_judge import run as run_judge

        return run_judge(options)
    settings = read_settings(os.environ)
    if not settings.model_ready:
        raise InputError("OPENAI_API_KEY が設定されていないため、モデルに尋ねられません。")
    if options.part == "record":
        from service.cli.wording_record import run as run_record

        return run_record(options)
    return _try(options, settings)


def _try(options: Namespace, settings: Settings) -> int:
    message = make_message(
        read_text(options.text),
        as_of=today(),
        platform=options.platform or settings.platform,
        stage=options.stage,
        register=options.register,
    )
    answer = consult(message, load_book())
    screen = find_screen(sys.stdout, os.environ)
    template, worded = admit_template(answer), word_once(answer, settings)
    for title, reply in (("ひな形", template), ("モデル", worded)):
        sys.stdout.write(f"\n━━ {title} ━━\n")
        sys.stdout.write(show_answer(reply, message.text, width=screen.width, colour=screen.colour))
    sys.stdout.write(f"\n{_tell_outcome(worded)}\n費用: {worded.cost:.6f} 米ドル（{settings.model}）\n")
    return 0


def _tell_outcome(reply: Reply) -> str:
    if reply.wording == "model":
        return "モデルの文面を使いました。" + ("" if reply.cost else "同じ状況の文面が残っていたため、尋ねていません。")
    return f"ひな形の文面を使いました（理由: {reply.reason}）。"


def word_once(answer: Answer, settings: Settings) -> Reply:
    """Word one answer and let go of everything that was opened for it."""
    from service.wiring.worder import build_model_worder

    database = open_database(settings)
    worder = build_model_worder(settings, database)

    async def word() -> Reply:
        try:
            return await worder.word(answer, user="terminal")
        finally:
            await worder.close()

    try:
        return asyncio.run(word())
    finally:
        database.dispose()
