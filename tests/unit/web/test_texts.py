"""The pages' own texts: complete in both languages, and told by file and line where they are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.adapters.line_texts import read_talk
from service.adapters.web_texts import read_web_texts
from service.errors import RuleFileError
from service.rendering.names import ASK_NAMES, CLAIM_NAMES, PLATFORM_NAMES, REGISTER_NAMES, ROLE_NAMES, STAGE_NAMES
from service.vocabulary import BADGES, DRAFT_KINDS


def write(folder: Path, ja: str, en: str) -> Path:
    """Write the two files and return the folder of wordings."""
    (folder / "web").mkdir()
    for language, text in (("ja", ja), ("en", en)):
        (folder / "web" / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_texts_are_complete(root: Path) -> None:
    texts = read_web_texts(root / "prompts")
    assert texts["ja"].words.keys() == texts["en"].words.keys()
    assert texts["ja"].say("problem.too_many_told", seconds=7).count("7秒") == 1


@pytest.mark.parametrize(
    ("ja", "en", "told"),
    [
        ("a: あ\nb: い\n", "a: A\n", "prompts/web/ja.yaml:2: 「b」が en.yaml にありません"),
        ("a: あ\n", "a: A\nc: {d: D}\n", "prompts/web/en.yaml:2: 「c.d」が ja.yaml にありません"),
        ("a: あ {n}\n", "a: A\n", "「a」の { } が言語によって違います"),
        ("a: あ {n\n", "a: A\n", "閉じていません"),
        ("a: [あ]\n", "a: A\n", "prompts/web/ja.yaml:1: 「a」は文字で"),
        ("a: ''\n", "a: A\n", "prompts/web/ja.yaml:1: 「a」は文字で"),
        ("a: あ\na: い\n", "a: A\n", "prompts/web/ja.yaml:2: 「a」が二度"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(tmp_path: Path, ja: str, en: str, told: str) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    with pytest.raises(RuleFileError) as caught:
        read_web_texts(write(folder, ja, en))
    assert told in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="ファイルがありません"):
        read_web_texts(tmp_path)


TEMPLATES = Path(__file__).parents[3] / "service" / "channels" / "web" / "templates"
NAMED = re.compile(r"\bt\(\s*'([a-z_.]+)'(\s*~)?")


def test_every_text_that_a_template_names_exists(root: Path) -> None:
    words = read_web_texts(root / "prompts")["ja"].words
    for path in TEMPLATES.rglob("*.html"):
        for name, joined in NAMED.findall(path.read_text(encoding="utf-8")):
            found = any(word.startswith(name) for word in words) if joined else name in words
            assert found, f"{path.name}: {name}"


def test_the_pages_say_the_words_that_all_channels_say(root: Path) -> None:
    ja = read_web_texts(root / "prompts")["ja"]
    sites = {site: name for site, name in PLATFORM_NAMES.items() if site != "unknown"}
    assert ja.group("verdicts") == {verdict: word for verdict, (_, word) in BADGES.items()}
    assert ja.group("stages") == STAGE_NAMES and ja.group("tones") == REGISTER_NAMES and ja.group("roles") == ROLE_NAMES
    assert (
        ja.group("marks") == dict([*ASK_NAMES.items(), *CLAIM_NAMES.items()])
        and ja.group("sites").items() >= sites.items()
    )
    assert ja.group("deeds").keys() == read_talk(root / "prompts").done_sentences.keys()
    assert ja.group("kinds").keys() == set(DRAFT_KINDS)
