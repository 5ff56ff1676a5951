"""`kotowari evaluate`: figures, floors, the report, and files that are partly broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.__main__ import main

GOOD = "- id: a\n  text: LINEのIDを教えてください。\n  stage: before_contract\n  verdict: against_rules\n  asks: [line_exchange]\n"
WRONG = "- id: '<script>alert(1)</script>'\n  text: 'Zoomで<b>面談</b>しませんか'\n  verdict: ok\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a message read as labelled, and one that is not."""
    path = tmp_path / "set.yaml"
    path.write_text(GOOD + WRONG, encoding="utf-8")
    return path


def test_the_tables_show_the_figures(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "50.0 % 1/2" in shown and "2 件、読み違え 1 件" in shown


def test_json_carries_intervals_and_traces(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["evaluate", str(file), "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["total"]["verdict"]["hits"] == 1 and len(told["total"]["verdict"]["interval"]) == 2
    assert told["missed"][0]["trace"]["seen"][0]["kind"] == "call"


def test_the_page_stands_alone_and_escapes_what_was_pasted(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert main(["evaluate", str(file), "--html", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html and "&lt;b&gt;" in html
    assert "default-src 'none'" in html and "unsafe" not in html and "src=" not in html.replace("-src", "")


def test_a_broken_entry_is_told_by_file_and_line_and_the_rest_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(
        f'# labels\n- id: x\n  text: "open\n{GOOD}- id: y\n  text: あ\n  verdikt: ok\n- 3\n', encoding="utf-8"
    )
    assert main(["evaluate", str(path)]) == 1
    told = capsys.readouterr()
    lines = [line.removeprefix(str(path)).split(":")[1] for line in told.err.splitlines()]
    assert lines == ["3", "9", "12"] and " → " in told.err
    assert "1 件、読み違え 0 件、使えない項目 3" in told.out


def test_a_floor_that_is_not_held_fails(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file), "--floor", "verdict=0.5"]) == 0
    assert main(["evaluate", str(file), "--floor", "verdict=0.6"]) == 1
    assert "下限の 0.6 に届きません" in capsys.readouterr().err


def test_many_messages_are_spread_over_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(GOOD * 1_001, encoding="utf-8")
    assert main(["evaluate", str(path)]) == 0
    assert "1001 件、読み違え 0 件" in capsys.readouterr().out


def test_a_text_file_holds_harmless_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "harmless.txt"
    path.write_text("初稿を拝見しました。\n\nLINEのIDを教えてください。\n", encoding="utf-8")
    assert main(["evaluate", str(path), "--floor", "false_alarms=0.4"]) == 1
    assert "50.0 % 1/2" in capsys.readouterr().out


@pytest.mark.parametrize("option", [["--floor", "zoo=1"], ["--floor", "verdict=2"], ["--as-of", "gestern"]])
def test_a_wrong_option_is_told(file: Path, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file), *option]) == 2
    assert capsys.readouterr().err.startswith("kotowari: ")


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "/nowhere/set.yaml"]) == 2
    assert "開けません" in capsys.readouterr().err
