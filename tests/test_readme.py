"""The README cannot go stale: its commands, settings, links and picture are the real ones."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli.parser import build_parser
from service.consultation import Book
from service.settings import ROWS
from tests.tools.write_figures import find_table, make_table, read_claims

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, flags=re.M | re.S)
LINES = [line for block in BLOCKS for line in block.splitlines()]
COMMANDS = sorted({line for line in LINES if "kotowari" in line.split("#")[0] and line.startswith("uv run")})
SETTINGS = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|", README, flags=re.M))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_can_be_typed(line: str) -> None:
    words = shlex.split(line, comments=True)
    assert words[:3] == ["uv", "run", "kotowari"]
    assert build_parser().parse_args(words[3:]).command == words[3]


def test_every_command_is_told() -> None:
    told = {shlex.split(line, comments=True)[3] for line in COMMANDS}
    assert told == {"check", "serve", "chat", "rules", "evaluate", "line", "wording", "doctor"}


def test_the_settings_are_the_ones_that_are_read() -> None:
    assert {row.name: row.default for row in ROWS} == SETTINGS


def test_settings_named_elsewhere_exist() -> None:
    assert set(re.findall(r"\b(?:KOTOWARI|LINE|OPENAI)_[A-Z_]+\b", README)) <= {row.name for row in ROWS}


def test_the_tests_are_started_in_one_way() -> None:
    """`.ci/run` takes this very line."""
    starts = [line for line in LINES if line.startswith("uv run pytest")]
    assert len(starts) == 1
    quiet = "source <(sed -n '/^readme_tests/,/^}/p' .ci/run); bash() { :; }; readme_tests"  # says it, starts nothing
    done = subprocess.run(["bash", "-c", quiet], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "$ " + shlex.join(shlex.split(starts[0], comments=True)), done.stderr


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!http|#)([^)]+)\)", README))))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"`((?:service|rules|prompts|tests|\.ci)/[^`* ]*)[`* ]", README)))
)
def test_every_path_exists(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r'(?:src|srcset)="([^"]+)"', README))))
def test_every_picture_is_there_and_light(target: str) -> None:
    assert 0 < (ROOT / target).stat().st_size <= 150 * 1024


def test_the_drawn_pictures_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, ".ci/pictures", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_picture_is_a_real_run() -> None:
    done = subprocess.run(
        [sys.executable, ".ci/picture", "--check"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_figure_claims_more_than_holds(book: Book) -> None:
    """Better is no error; `uv run python -m tests.tools.write_figures` renews them."""
    claimed, holds = read_claims(find_table(README)), read_claims(make_table(book))
    assert set(claimed) == set(holds)
    for name, (verdict, asks, danger, alarms) in holds.items():
        told = claimed[name]
        assert all(
            a is None or (b is not None and a <= b) for a, b in zip(told[:3], (verdict, asks, danger), strict=True)
        )
        assert told[3] is not None and alarms is not None and told[3] >= alarms


def test_nobody_is_called_safe() -> None:
    assert "never says that somebody is safe" in README
    assert "no legal advice" in README
    assert "法律の助言ではありません" in README
