"""`kotowari wording judge`: rate the templates, or a file of model answers, over the table of cases."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from service.adapters.days import today
from service.adapters.files import prompts_folder
from service.adapters.model.files import CaseText, read_cases, read_prompt, read_rules, read_topics
from service.consultation import Answer, Book, consult
from service.errors import InputError
from service.guard.admit import Refused, admit_wording
from service.guard.judge import Rated, all_passed, rate_reply, show_rated
from service.guard.reply import Reply, admit_template
from service.intake.message import make_message
from service.wiring.book import load_book
from service.wording.shell import Shell, read_shell
from service.wording.situation import read_situation


def run(options: Namespace) -> int:
    """Print the table; return 1 where a wording fails a gate, misses twelve points or is refused."""
    book, prompts = load_book(), prompts_folder()
    said = _read_answers(Path(options.file)) if options.file else None
    rated = list(rate_all(book, prompts, said, as_of=today()))
    sys.stdout.write(show_rated(rated))
    return 0 if all_passed(rated) else 1


def rate_all(book: Book, prompts: Path, said: dict[str, Shell | None] | None, *, as_of: date) -> Iterator[Rated]:
    """Yield each case rated: with the model's words where `said` has them, else with the template's."""
    for case in read_cases(prompts):
        if said is not None and case.id not in said:
            continue
        answer = consult_case(case, book, as_of)
        reply = admit_template(answer) if said is None else _word(answer, said[case.id], prompts)
        yield rate_reply(case.id, reply, case.text, book.drafts)


def consult_case(case: CaseText, book: Book, as_of: date) -> Answer:
    """Return the rules' answer to a case."""
    known = {"platform": case.platform, "stage": case.stage, "register": case.register}
    return consult(make_message(case.text, as_of=as_of, **known), book)  # type: ignore[arg-type]


def _word(answer: Answer, shell: Shell | None, prompts: Path) -> Reply:
    topics = read_topics(prompts)
    rules = read_rules(prompts, read_prompt(prompts), topics)
    try:
        return admit_wording(answer, shell, read_situation(answer, topics), rules=rules)
    except Refused as refused:
        return admit_template(answer, reason=f"guard_{refused.check}")


def _read_answers(file: Path) -> dict[str, Shell | None]:
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {line["case"]: read_shell(json.dumps(line["output"])) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = '1行に {"case": "…", "output": {…}} の形で書いてください。'
        raise InputError(f"{file} を読み取れません。{reason}") from error
