"""Broken rule files: each is refused with its file, its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.rulebook.parse import parse_advised, parse_rules, parse_site, parse_site_words, parse_sources
from service.rulebook.rule import Rule

ROW = """\
rules:
  - id: call
    title: 通話
    when: {asks: [call]}
    verdict: caution
    what: "{asked}を求めています。"
    why: 理由。
    do: 次の一手。
    sources: [faq]
"""


def _parse(tmp_path: Path, text: str) -> tuple[Rule, ...]:
    path = tmp_path / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return parse_rules(read_file(path, tmp_path), prefix="site")


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    (rule,) = _parse(tmp_path, ROW)
    assert (rule.id, rule.verdict, rule.when.asks, rule.line) == ("site/call", "caution", ("call",), 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("verdict: caution", "verdict: cauton", 5, "cauton"),
        ("asks: [call]", "asks: [cal]", 4, "cal"),
        ("    title: 通話\n", "    titel: 通話\n", 3, "titel"),
        ("    why: 理由。\n", "", 2, "why"),
        ("{asked}", "{site}", 6, "{site}"),
        ("sources: [faq]", "sources: [faq]\n    drafts: [refuse]", 10, "refuse"),
        ("sources: [faq]", "sources: [faq]\n    effective: {from: 2020-10-32}", 10, "2020-10-32"),
        ("asks: [call]", "asks: [call], stage: [before]", 4, "before"),
        ("asks: [call]", "asks: [call], claims: [approved]", 4, "approved"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        _parse(tmp_path, ROW.replace(old, new))
    assert caught.value.line == line
    assert told in str(caught.value)


def test_a_source_needs_an_address_and_a_day(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("sources:\n  faq: {title: よくある質問, url: faq, checked_on: 2026-11-23}\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="https://"):
        parse_sources(read_file(path, tmp_path))


def test_an_answer_needs_a_title_and_known_sites(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("questions:\n  - {signal: q, title: t, text: a, platforms: [mixi]}\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="mixi"):
        parse_advised(read_file(path, tmp_path), "questions")


def test_a_site_needs_a_plain_name(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("platform: Mixi 2\nname: m\nslots: {site: m, channel_in_site: m}\n" + ROW, encoding="utf-8")
    with pytest.raises(RuleFileError, match="英小文字"):
        parse_site(read_file(path, tmp_path))


def test_a_new_site_brings_its_words_and_its_drafts(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    drafts = "words: [ミクシィ]\ndrafts: {ja: {office: ミクシィ運営}}\n"
    path.write_text(
        f"platform: mixi\nname: m\n{drafts}slots: {{site: m, channel_in_site: m}}\n" + ROW, encoding="utf-8"
    )
    file = read_file(path, tmp_path)
    named = parse_site_words(file)
    assert parse_site(file).drafts == {"ja": {"office": "ミクシィ運営"}}
    assert named is not None and named[0].words == ("ミクシィ",) and named[1].kind == "mixi"
