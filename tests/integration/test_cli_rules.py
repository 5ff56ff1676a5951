"""`kotowari rules`: the shipped rules are sound, readable, and a broken one is told by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules to break."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.setenv("KOTOWARI_RULES_DIR", str(tmp_path / "rules"))
    return tmp_path / "rules"


def test_the_shipped_rules_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "lint"]) == 0, capsys.readouterr().out


def test_the_shipped_examples_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test"]) == 0, capsys.readouterr().out


def test_a_misspelt_key_is_told_by_file_line_and_remedy(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rules / "platforms" / "fiverr.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("verdict:", "verdikt:", 1), encoding="utf-8")
    assert main(["rules", "lint"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("rules/platforms/fiverr.yaml:") and "verdikt" in told and " → " in told


def test_the_other_commands_tell_a_broken_file_too(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "edition.yaml").write_text("edition: [", encoding="utf-8")
    assert main(["check", "面談しましょう"]) == 78
    assert capsys.readouterr().err.startswith("kotowari: rules/edition.yaml:")


def test_a_site_is_shown_alone_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "--platform", "fiverr"]) == 0
    shown = capsys.readouterr().out
    assert "■ Fiverr" in shown and "■ ランサーズ" not in shown and "頼みごと: サイト外での取引" in shown


def test_the_change_of_2020_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", "--from", "2020-10-19", "--to", "2020-10-20"]) == 0
    shown = capsys.readouterr().out
    assert "－ なくなったルール" in shown and "crowdworks/contact-before-contract" in shown


def test_an_example_that_promises_another_verdict_fails(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rules / "platforms" / "shufti.yaml"
    text = file.read_text(encoding="utf-8")
    old = '{text: "LINEのIDを教えてください。", stage: before_contract'
    assert old in text
    file.write_text(
        text.replace(old, f"{old}, verdict: danger", 1).replace("verdict: danger, verdict:", "was:"), encoding="utf-8"
    )
    assert main(["rules", "test"]) == 1
    assert "shufti/contact-before-order" in capsys.readouterr().out


def test_old_sources_are_listed_with_their_rules(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "stale"]) == 0
    file = rules / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-11-23", "2020-01-01", 1), encoding="utf-8")
    assert main(["rules", "stale"]) == 1
    shown = capsys.readouterr().out
    assert "2020-01-01" in shown and "crowdworks/contact-before-contract" in shown and "のうち1。" in shown


def test_further_examples_stand_apart_and_are_run(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in rules/examples carries examples alone; its fact must exist."""
    file = rules / "examples" / "zz.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("fact: ask\nkind: call\nexamples:\n  hit:\n    - 原稿を拝見しました。\n", encoding="utf-8")
    assert main(["rules", "test"]) == 1
    assert "rules/examples/zz.yaml:4: ask call: 当たるはずの例が当たりません" in capsys.readouterr().out
    file.write_text("fact: ask\nkind: calling\nexamples:\n  hit: [a]\n", encoding="utf-8")
    assert main(["rules", "lint"]) == 1
    assert "rules/examples/zz.yaml:1: 「ask calling」の読み取り方がありません" in capsys.readouterr().out
