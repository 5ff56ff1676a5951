"""Prompts are data: what is wrong in a file is told, a changed text needs a new version, whole requests are read."""

from __future__ import annotations

import json
import os
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from service.adapters.model.files import PROMPT_FILE, read_cases, read_prompt, read_topics
from service.cli.wording_judge import consult_case
from service.consultation import Book
from service.errors import RuleFileError
from service.wording.prompt import fingerprint, parse_prompt, render
from service.wording.situation import read_situation
from tests.measure import AS_OF

ROOT = Path(__file__).parents[3]
PROMPTS = ROOT / "prompts"
GOLDEN = ROOT / "tests" / "golden" / "requests"
LOCK = PROMPTS / "model" / "LOCK.toml"
SHOWN = ("zoom_first", "line_hurry", "upfront", "chatwork_after", "worker", "fine")


def read_data() -> dict[str, Any]:
    """Return the prompt's file as it is shipped."""
    return tomllib.loads((PROMPTS / PROMPT_FILE).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SHOWN)
def test_the_whole_request_is_as_it_was_read(case: str, book: Book) -> None:
    text = next(each for each in read_cases(PROMPTS) if each.id == case)
    situation = read_situation(consult_case(text, book, AS_OF), read_topics(PROMPTS))
    request = render(read_prompt(PROMPTS), situation)
    shown = f"# instructions\n{request.instructions}\n\n# input\n{request.input}\n"
    path = GOLDEN / f"{case}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown


def test_no_golden_request_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SHOWN)


def test_a_changed_text_needs_a_new_version() -> None:
    """The lock holds the hash of each version; a text may change only together with its version."""
    data = read_data()
    name, found = f"{data['id']}@{data['version']}", fingerprint(data)
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLDEN") and name not in lock:
        LOCK.write_text(LOCK.read_text(encoding="utf-8") + f'"{name}" = "{found}"\n', encoding="utf-8")
        lock[name] = found
    assert lock.get(name) == found, f"the text of {name} has changed: raise `version` in {PROMPT_FILE}"
    assert len(data["changes"]) == data["version"]


def broken(**changes: Any) -> dict[str, Any]:
    """Return the prompt's data with something wrong in it."""
    return deepcopy(read_data()) | changes


@pytest.mark.parametrize(("data", "told"), [
    (broken(user="{situation}"), "inputs の「excerpt」が使われていません"),
    (broken(user="{situation} {excerpt} {client_text}"), "{client_text} が inputs にありません"),
    (broken(inputs=["situation", "excerpt", "name"], user="{situation} {excerpt} {name}"), "inputs の「name」は渡されません"),
    (broken(system=read_data()["system"] + "{situation}"), "system に {situation} は書けません"),
    (broken(colour="red"), "知らない項目「colour」"),
    ({key: value for key, value in read_data().items() if key != "effort"}, "必要な項目「effort」"),
    (broken(output=["lead"]), "output が場所の一覧と違います"),
    (broken(canary="どこにもない印"), "canary が system にありません"),
    (broken(examples=[{"situation": {}, "output": {"lead": "一つだけ"}}]), "examples の output"),
])  # fmt: skip
def test_what_is_wrong_in_a_prompt_is_told_by_its_file(data: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleFileError, match=r"model/shell\.toml") as error:
        parse_prompt(data, file=PROMPT_FILE)
    assert told in str(error.value)


def test_what_never_changes_comes_first_and_the_case_last(book: Book) -> None:
    """So that the API can cache the instructions: they are the same for every case."""
    prompt, topics = read_prompt(PROMPTS), read_topics(PROMPTS)
    requests = [render(prompt, read_situation(consult_case(case, book, AS_OF), topics)) for case in read_cases(PROMPTS)]
    assert len({request.instructions for request in requests}) == 1
    assert len({request.input for request in requests}) > 40


def test_the_examples_are_of_the_promised_shape() -> None:
    assert all(
        set(json.loads(json.dumps(each))["output"]) == set(read_data()["output"]) for each in read_data()["examples"]
    )
