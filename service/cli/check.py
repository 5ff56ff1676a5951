"""`kotowari check`: judge one message and show the answer."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from service.adapters.days import read_day, today
from service.cli.reading import read_text
from service.cli.screen import find_screen, write_json
from service.consultation import Answer, consult
from service.errors import UnknownOption
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from service.settings import Settings, read_settings
from service.wiring.book import load_book


def run(options: Namespace) -> int:
    """Judge the text, or a whole file of them with --batch."""
    settings = read_settings(os.environ)
    if options.model and not settings.model_ready:
        print("kotowari: 文章を整えるモデルを使えないため、ひな形の文面でお答えします。", file=sys.stderr)
    if options.batch is not None:
        return _run_batch(options)
    message = make_message(
        read_text(options.text),
        as_of=read_day(options.as_of) if options.as_of is not None else today(),
        platform=options.platform or settings.platform,
        stage=options.stage,
        register=options.register,
    )
    reply = _word(consult(message, load_book()), settings, model=options.model)
    if options.json:
        from service.rendering.result import to_result

        write_json(to_result(reply), indent=2)
        return 0
    from service.rendering.terminal import show_answer

    screen = find_screen(sys.stdout, os.environ)
    shown = show_answer(reply, message.text, width=screen.width, colour=screen.colour, all_drafts=options.drafts)
    sys.stdout.write(shown)
    sys.stdout.flush()
    return 0


def _word(answer: Answer, settings: Settings, *, model: bool) -> Reply:
    if not model or not settings.model_ready:
        return admit_template(answer)
    from service.cli.wording import word_once  # the model's client is loaded only where it is wanted

    reply = word_once(answer, settings)
    if reply.wording == "template":
        print("kotowari: モデルの文面を使えなかったため、ひな形の文面でお答えします。", file=sys.stderr)
    return reply


def _run_batch(options: Namespace) -> int:
    if options.text is not None:
        raise UnknownOption("文章と --batch は一緒に使えません。どちらかにしてください。")
    from service.cli.batch import run

    return run(options)
