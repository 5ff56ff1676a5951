"""A draft file that cannot be used is named by file and line, with a remedy."""

from __future__ import annotations

import pytest

from service.drafting.parse import DraftTemplate, parse_draft
from service.errors import RuleFileError

FILE = "drafts/decline/polite.ja.txt"
GROUPS = ("contact", "money", "escrow")
CORE = "[core]\n恐れ入りますが、{asked}は控えております。\n"


def parse(text: str, file: str = FILE) -> DraftTemplate:
    return parse_draft(text, file=file, groups=GROUPS)


def test_parts_are_read_in_order_with_their_conditions() -> None:
    template = parse(
        f"# 覚え書き\n[opening]\nお世話になっております。\n\n{CORE}[bridge !quote !builtin_call]\n追伸です。\n"
    )
    assert [part.name for part in template.parts] == ["opening", "core", "bridge"]
    assert template.parts[0].text == "お世話になっております。"
    assert template.parts[2].needs == set() and template.parts[2].lacks == {"quote", "builtin_call"}
    assert (template.kind, template.register, template.language) == ("decline", "polite", "ja")


def test_a_section_replaces_the_parts_it_names_and_keeps_the_rest() -> None:
    template = parse(
        f"{CORE}[reason]\n方針です。\n=== money\n[reason]\n負担しない方針です。\n=== mixed\n[reason]\n混合です。\n"
    )
    assert [part.text for part in template.choose_parts({"money"})][1] == "負担しない方針です。"
    assert template.choose_parts({"money"})[0] == template.parts[0]


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        (set(), "usual"),
        ({"contact"}, "usual"),
        ({"money"}, "money"),
        ({"money", "escrow"}, "mixed"),
        ({"contact", "money"}, "mixed"),
    ],
)
def test_asks_that_need_different_sections_are_mixed(groups: set[str], reason: str) -> None:
    sections = "".join(f"=== {name}\n[reason]\n{name}\n" for name in ("money", "escrow", "mixed"))
    parts = parse(f"{CORE}[reason]\nusual\n{sections}").choose_parts(groups)
    assert parts[1].text == reason


def test_groups_that_share_a_section_are_not_mixed() -> None:
    template = parse(f"{CORE}=== money escrow\n[reason]\nboth\n=== mixed\n[reason]\nmixed\n")
    assert template.choose_parts({"money", "escrow"})[1].text == "both"


@pytest.mark.parametrize(
    ("text", "line", "reason", "remedy"),
    [
        (CORE + "[reason]\n{sites}のルールです。", 3, "{sites} は使えません", "{site}"),
        ("[core]\n恐れ入りますが、{asked は控えております。", 1, "波かっこが閉じていません", "{asked}"),
        (CORE + "[reasons]\n方針です。", 3, "見出し「[reasons]」は使えません", "[reason]"),
        (CORE + "[reason\n方針です。", 3, "見出し「[reason」は使えません", "[reason]"),
        (CORE + "[reason application]\n方針です。", 3, "は使えません", "[reason]"),
        (CORE + "[reason ?aplication]\n方針です。", 3, "条件「?aplication」は使えません", "?application"),
        ("[opening]\nお世話になっております。", 1, "[core] がありません", "[core]"),
        ("[core ?quote]\n「{quote}」", 1, "[core] がありません", "[core]"),
        (CORE + "[reason]\n方針です。\n[reason]\n方針です。", 5, "[reason] が3行目と重なります", "条件"),
        (CORE + "[reason]\n方針です。\n[reason ?application]\n方針です。", 5, "3行目と重なります", "条件"),
        (CORE + "[reason ?application]\n{application}です。", 3, "[reason] がありません", "[reason]"),
        (CORE + "[opening]\nお世話になっております。", 3, "[opening] は [core] より前", "順序"),
        (CORE + "[reason]\n\n[closing]\nよろしくお願いいたします。", 3, "文がありません", "見出しを消す"),
        (CORE + "[reason]\n{application}が必要です。", 3, "サイトによって空です", "[reason ?application]"),
        (CORE + "[reason ?site]\n{application_where}です。", 3, "サイトによって空です", "[reason ?application]"),
        (CORE + "[closing]\n{site}で。", 3, "[closing] に {site} は書けません", "core"),
        ("お世話になっております。\n" + CORE, 1, "見出しの前に文があります", "[core]"),
        (CORE + "=== moneys\n[reason]\n方針です。", 3, "区切り「moneys」は使えません", "money"),
        (CORE + "=== money\n=== mixed\n[reason]\n方針です。", 3, "=== の後が空です", "==="),
        (CORE + "=== money\n文\n[reason]\n方針です。", 4, "見出しの前に文があります", "[core]"),
        (CORE + "=== money money\n[reason]\n方針です。", 3, "二度あります", "一つ"),
        (CORE + "=== money\n[closing]\n一\n[reason]\n二\n=== mixed\n[reason]\n三", 6, "より前に置きます", "順序"),
        (CORE + "=== mixed\n[reason]\n{site]です。", 4, "波かっこが閉じていません", "{asked}"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_remedy(text: str, line: int, reason: str, remedy: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        parse(text)
    error = caught.value
    assert (error.file, error.line) == (FILE, line)
    assert reason in error.reason and remedy in error.remedy


def test_sections_without_mixed_are_refused() -> None:
    with pytest.raises(RuleFileError, match="mixed"):
        parse(CORE + "=== money\n[reason]\n方針です。")


@pytest.mark.parametrize(
    "file",
    [
        "drafts/declines/polite.ja.txt",
        "drafts/decline/kind.ja.txt",
        "drafts/decline/polite.fr.txt",
        "drafts/polite.txt",
    ],
)
def test_a_file_name_outside_the_vocabulary_is_refused(file: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        parse(CORE, file)
    assert caught.value.file == file and caught.value.remedy
