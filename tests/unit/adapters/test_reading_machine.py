"""The compiled library's C interface: what is no blueprint is refused, threads share a machine, long answers come whole."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.adapters.reading_machine import ReadingMachine, build_machine
from service.facts.pattern import Pattern
from tests.compiled_reader import Twins, require_library
from tests.conftest import ROOT
from tests.small_rules import PATTERNS, PIECES, TERMS
from tests.tools.broken_blueprints import make_sheet

READERS = 8
TEXTS = [
    "".join(PIECES[at:] + PIECES[:at]).encode("utf-8", "replace").decode() * times
    for at in range(0, len(PIECES), 7)
    for times in (1, 9)
]

LONG = "".join(piece for piece in PIECES if piece.isprintable()) * 40  # so that a second thread helps


def open_machine(sheet: array[int]) -> ReadingMachine:
    """Return a machine for a blueprint; skip without the library."""
    return ReadingMachine(require_library(), sheet)


def read_all(machine: ReadingMachine, texts: Sequence[str]) -> list[list[int]]:
    """Return what a machine answers to each text."""
    answers = [machine.read(text) for text in texts]
    assert None not in answers
    return [list(answer or ()) for answer in answers]


@pytest.fixture(scope="module")
def sheet() -> array[int]:
    """Return the numbers of the small rules."""
    return make_sheet()


@pytest.mark.parametrize("seed", range(4))
def test_a_spoilt_blueprint_crashes_nothing(seed: int) -> None:
    """It is refused, or read with where the change does no harm."""
    require_library()
    command = [sys.executable, "-m", "tests.tools.broken_blueprints", str(seed), "400"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, f"{command[1:]} ended with {done.returncode} at {done.stderr.splitlines()[-1:]}"
    refused, opened = map(int, done.stdout.split())
    assert refused > 100 and opened > 20


@pytest.mark.parametrize("size", [0, 1, 2, 3, 100])
def test_what_ends_too_early_is_refused(sheet: array[int], size: int) -> None:
    with pytest.raises(ValueError, match="refuses"):
        open_machine(sheet[:size])
    assert build_machine(sheet[:size]) is None


def test_another_version_is_refused(sheet: array[int]) -> None:
    assert read_all(open_machine(sheet), ["電話"])
    with pytest.raises(ValueError, match="refuses"):
        open_machine(array("i", [sheet[0] + 1]) + sheet[1:])


def test_threads_share_a_machine(sheet: array[int]) -> None:
    """More than there are processors, so that those which help with the long texts come late."""
    machine, texts = open_machine(sheet), [*TEXTS, LONG, LONG[::-1]]
    alone = read_all(machine, texts)
    assert any(len(answer) > 20 for answer in alone)
    with ThreadPoolExecutor(READERS) as pool:
        turned = [texts[at:] + texts[:at] for at in range(READERS)]
        for at, answers in enumerate(pool.map(lambda texts: read_all(machine, texts * 6), turned)):
            assert answers == (alone[at:] + alone[:at]) * 6


def test_threads_with_machines_of_their_own_do_not_meet(sheet: array[int]) -> None:
    """A thread keeps notes between two texts; those of another book must not be read."""
    sheets = (sheet, make_sheet(PATTERNS[:3]), make_sheet(PATTERNS[::-1]))
    texts = [*TEXTS, LONG, LONG[::-1]]
    expected = [read_all(open_machine(own), texts) for own in sheets]
    machines = [open_machine(own) for own in sheets]
    with ThreadPoolExecutor(READERS) as pool:
        told = pool.map(lambda text: [machine.read(text) for machine in machines], texts)
        for at, answers in enumerate(told):
            assert [list(answer or ()) for answer in answers] == [answer[at] for answer in expected]


def test_a_long_answer_comes_whole() -> None:
    count = 512
    patterns = tuple(Pattern(f"n{number}", "signal", f"kind{number}", (("phone",),)) for number in range(count))
    twins = Twins(TERMS, patterns)
    assert twins.find_difference(["お電話", "お電話。契約後", "㌖" * 9_000 + "お電話"]) == ""  # one sign, six letters
    assert len(twins.reader.read_facts("お電話").signals) == count


def test_a_machine_that_is_dropped_is_closed(sheet: array[int]) -> None:
    for _ in range(30):
        machine = open_machine(sheet)
        gone = weakref.ref(machine)
        assert read_all(machine, TEXTS[:2])
        del machine
        assert gone() is None


def test_a_process_may_end_while_a_thread_still_helps() -> None:
    require_library()
    program = (
        "from service.adapters.reading_machine import build_machine; from tests.tools.broken_blueprints import make_sheet\n"
        f"machine = build_machine(make_sheet()); text = {LONG!r}\n"
        "assert all(machine.read(text) == machine.read(text) for _ in range(20))\n"
    )
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr[-300:]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes otherwise")
def test_a_forked_process_reads_on_its_own() -> None:
    """It has no second thread any more, and maybe a lock that nobody opens."""
    require_library()
    program = (
        "import os\n"
        "from service.adapters.reading_machine import build_machine; from tests.tools.broken_blueprints import make_sheet\n"
        f"machine = build_machine(make_sheet()); text = {LONG!r}; told = machine.read(text)\n"
        "child = os.fork()\n"
        "same = all(machine.read(text) == told for _ in range(20))\n"
        "ended = os.waitpid(child, 0)[1] if child else 0\n"
        "os._exit(0 if same and not ended else 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr[-300:]


def test_the_blueprint_may_go_once_it_is_read(sheet: array[int]) -> None:
    own = array("i", sheet)
    machine = open_machine(own)
    before = read_all(machine, TEXTS)
    for at in range(len(own)):
        own[at] = -1
    del own[100:]
    assert read_all(machine, TEXTS) == before
