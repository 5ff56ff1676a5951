"""`kotowari check` from outside: what goes in, what comes out, and one clear line when it cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.__main__ import main
from service.intake.message import LONGEST_TEXT

ROOT = Path(__file__).parents[2]
TEXT = "はじめまして。契約の前に、一度Zoomで15分ほどお話しできますでしょうか。"
QUIET = {"NO_COLOR": "1", "PYTHONUTF8": "0"}


def kotowari(*arguments: str, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "service", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=ROOT, env={**os.environ, **QUIET, **environ}, timeout=60
    )


def test_a_verdict_in_words_and_exit_0() -> None:
    done = kotowari("check", TEXT, "--stage", "before_contract")
    assert done.returncode == 0 and done.stderr == b""
    assert "⛔ 規約違反" in done.stdout.decode() and "おすすめの返信" in done.stdout.decode()


def test_standard_input_is_taken_as_it_stands() -> None:
    done = kotowari("check", "--json", stdin=TEXT.encode() + b"\r\n")
    result = json.loads(done.stdout)
    ask = result["asks"][0]
    assert TEXT[ask["start"] : ask["end"]] == ask["quote"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "ja_JP.eucJP"])
def test_the_locale_changes_nothing(locale: str) -> None:
    plain = kotowari("check", TEXT, "--json", "--as-of", "2026-11-23")
    assert (
        kotowari("check", "--json", "--as-of", "2026-11-23", stdin=TEXT.encode(), LC_ALL=locale).stdout == plain.stdout
    )


def test_the_same_words_on_the_same_day_give_the_same_bytes() -> None:
    runs = {kotowari("check", TEXT, "--json", "--as-of", "2026-11-23", PYTHONHASHSEED=seed).stdout for seed in "01"}
    assert len(runs) == 1


@pytest.mark.parametrize(
    "stdin",
    [
        b"",
        b" \n\t\n",
        b"\xef\xbb\xbf",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "面談しましょう".encode("shift_jis"),
        "面談しましょう".encode("utf-16"),
        "面談".encode() + b"\x00",
        b"\xff" * 2_000_000,
        b"a" * 1_000_000,
        "あ".encode() * (LONGEST_TEXT + 1),
    ],
    ids=["empty", "blank", "bom", "png", "shift_jis", "utf-16", "nul", "2MB of noise", "1MB", "one too many"],
)
def test_what_cannot_be_read_is_told_in_one_line(stdin: bytes) -> None:
    done = kotowari("check", stdin=stdin)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_japanese_line(done.stderr.decode())


def assert_one_japanese_line(told: str) -> None:
    """A line that starts with the program's name and speaks Japanese."""
    assert told.startswith("kotowari: ") and told.count("\n") == 1 and told.endswith("\n")
    assert any("ぁ" <= char <= "ん" for char in told) and "Traceback" not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ""],
        ["check", TEXT, "--platform", "mixi"],
        ["check", TEXT, "--stage", "later"],
        ["check", TEXT, "--register", "rude"],
        ["check", TEXT, "--as-of", "1900-01-01"],
        ["check", TEXT, "--as-of", "20261123"],
        ["check", TEXT, "--as-of", "2026-02-30"],
        ["check", TEXT, "--as-of", "きのう"],
        ["check", TEXT, "--as-of"],
        ["check", TEXT, "--unknown"],
        ["check", TEXT, TEXT],
        ["check", "\udcff\udcfe"],
        ["check", TEXT, "--batch", "x.jsonl"],
        ["check", "--batch", "no/such/file.jsonl"],
        ["check", "--batch", "."],
        ["chekc"],
        ["rules"],
        ["rules", "diff"],
        ["rules", "show", "--platform", "mixi"],
        ["serve", "--port", "abc"],
        ["serve", "--port", "70000"],
        ["chat", "--platform", "mixi"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_told_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert_one_japanese_line(told.err)


def test_emoji_alone_are_no_mistake() -> None:
    done = kotowari("check", "👍👍🏻", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["verdict"] == "ok"


def test_a_text_of_the_longest_length_is_judged() -> None:
    assert kotowari("check", "--json", stdin="あ".encode() * LONGEST_TEXT).returncode == 0


def test_without_a_model_the_template_answers_and_says_so() -> None:
    done = kotowari("check", TEXT, "--json", "--model")
    assert json.loads(done.stdout)["wording"] == "template"
    assert_one_japanese_line(done.stderr.decode())


def test_the_day_decides_which_rules_hold() -> None:
    ask = ["check", "契約ありがとうございます。Chatworkでやり取りしましょう。", "--stage", "after_contract", "--json"]
    then, now = (json.loads(kotowari(*ask, "--as-of", day).stdout) for day in ("2020-10-19", "2026-11-23"))
    assert (then["verdict"], now["verdict"]) == ("ok", "caution")


def test_colour_only_where_it_is_wanted() -> None:
    assert b"\x1b[" not in kotowari("check", TEXT).stdout
    assert b"\x1b[" in kotowari("check", TEXT, NO_COLOR="", FORCE_COLOR="1").stdout


def test_check_loads_no_server_and_no_client() -> None:
    """Measured in its own process, because this one has loaded them."""
    code = f"import sys; from service.__main__ import main; main(['check', {TEXT!r}]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60)
    loaded = {name.split(".")[0] for name in done.stderr.decode().split()}
    assert loaded.isdisjoint({"fastapi", "starlette", "pydantic", "linebot", "openai", "uvicorn", "httpx", "asyncio"})


def test_a_fault_is_one_line_and_its_record_only_on_request(tmp_path: Path) -> None:
    """A broken wording folder stands for a fault of the set-up; a fault of the program itself is made by hand."""
    code = "import sys, service.cli.check as check; from service.__main__ import main\n"
    code += "check.load_book = lambda: 1 / 0\nsys.exit(main(['check', 'x']))"
    command = [sys.executable, "-c", code]
    quiet = subprocess.run(command, capture_output=True, cwd=ROOT, text=True, timeout=60)
    loud = subprocess.run(command, capture_output=True, cwd=ROOT, text=True, env={**os.environ, "KOTOWARI_DEBUG": "1"})
    assert (quiet.returncode, loud.returncode) == (70, 70)
    assert_one_japanese_line(quiet.stderr)
    assert "ZeroDivisionError" in loud.stderr


def test_a_missing_rules_folder_is_told_by_the_name_of_its_setting(tmp_path: Path) -> None:
    done = kotowari("check", TEXT, KOTOWARI_RULES_DIR=str(tmp_path / "none"))
    assert done.returncode == 78 and "KOTOWARI_RULES_DIR" in done.stderr.decode()
    assert_one_japanese_line(done.stderr.decode())


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{sys.executable} -m service rules show | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=60)
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [[], ["--help"], ["check", "--help"], ["rules", "--help"], ["--version"]])
def test_help_speaks_japanese(arguments: list[str]) -> None:
    done = kotowari(*arguments)
    assert done.returncode == 0 and b"usage" not in done.stdout and b"optional" not in done.stdout
