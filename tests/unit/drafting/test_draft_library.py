"""The wordings are complete; what is missing or misspelt is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from service.adapters.wordings import read_library
from service.drafting.library import DraftLibrary
from service.drafting.template import compose_draft, name_site
from service.errors import RuleFileError
from service.vocabulary import DRAFT_KINDS, LANGUAGES, REGISTERS

PROMPTS = Path(__file__).parents[3] / "prompts"
LONGEST_LABEL = 20  # a LINE button shows no more


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PROMPTS, tmp_path / "prompts")
    return tmp_path / "prompts"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_draft_has_its_file(library: DraftLibrary) -> None:
    assert len(library.templates) == len(DRAFT_KINDS) * len(REGISTERS) * len(LANGUAGES)


def test_labels_fit_a_button(library: DraftLibrary) -> None:
    assert all(0 < len(label) <= LONGEST_LABEL for label in library.labels.values())
    assert library.labels["decline", "ja"] == "丁寧にお断りする"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("groups.yaml", "solicitation", "solicitations", "solicitations"),
        ("groups.yaml", "bank: [bank_account]", "bank: []", "bank_account"),
        ("groups.yaml", "bank: [bank_account]", "bank: [bank_account, call]", "call"),
        ("labels.yaml", "zh: 询问详情", "cn: 询问详情", "ask_details.zh"),
        ("asked.yaml", "{plain: 进行通话, ", "{", "asks.call.zh.plain"),
        ("asked.yaml", "phone: a phone call", "fon: a phone call", "fon"),
        ("asked.yaml", '"通过{channel}通话"', "通过电话通话", "channel"),
        ("asked.yaml", "more: など", "most: など", "join.ja.more"),
        ("sites.yaml", "    before_work: ご注文\n", "", "fiverr.ja.before_work"),
        ("sites.yaml", "builtin_call: 视频聊天", "call: 视频聊天", "call"),
        ("sites.yaml", "    application_where: メッセージ", "    report_button: ", "application"),
        ("sites.yaml", "unknown:", "unknwon:", "unknown"),
        ("labels.yaml", "decline: {ja", "decline: [ja", "YAML"),
        ("decline/polite.ja.txt", "[core]", "[kore]", "[kore]"),
    ],
)
def test_a_mistake_in_a_file_is_named(copy: Path, file: str, old: str, new: str, reason: str) -> None:
    change(copy / "drafts" / file, old, new)
    with pytest.raises(RuleFileError) as caught:
        read_library(copy)
    assert file in caught.value.file and reason in caught.value.reason and caught.value.remedy


def test_a_missing_draft_is_named(copy: Path) -> None:
    (copy / "drafts/accept/soft.zh.txt").unlink()
    with pytest.raises(RuleFileError, match=re.escape("accept/soft.zh.txt")):
        read_library(copy)


def test_a_file_that_is_not_text_is_named(copy: Path) -> None:
    (copy / "drafts/accept/soft.zh.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleFileError, match=re.escape("soft.zh.txt")):
        read_library(copy)


def test_a_slot_without_a_value_is_named(library: DraftLibrary) -> None:
    slots = name_site("crowdworks", library=library)
    del slots["site"]
    with pytest.raises(RuleFileError, match=re.escape("{site}")):
        compose_draft("decline", slots=slots, library=library)


def test_a_slot_value_is_never_read_for_slots(library: DraftLibrary) -> None:
    slots = name_site("crowdworks", library=library) | {"quote": "{site}のルール", "asked": "通話"}
    assert "「{site}のルール」" in compose_draft("report", slots=slots, library=library).text


def test_without_asks_the_draft_speaks_of_the_proposal(library: DraftLibrary) -> None:
    slots = name_site("lancers", library=library)
    assert "ご提案の進め方は控えております" in compose_draft("decline", slots=slots, library=library).text
