"""The compiled reader is made where a compiler is, and used only beside the sources it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.adapters.compiled import LIBRARY, load_library, why_pure
from service.native.compile import compile_reader

SOURCE = """\
#include "answer.h"
#define SHOWN extern "C" __attribute__((visibility("default")))
SHOWN const char* kotowari_sources() { return KOTOWARI_SOURCES; }
SHOWN int answer() { return ANSWER; }
"""
ENVIRON = {name: value for name, value in os.environ.items() if name not in ("CXX", "KOTOWARI_PURE")}
NO_COMPILER = "no C++ compiler was found"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with the sources of a very small library."""
    (tmp_path / "reader.cpp").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "answer.h").write_text("#define ANSWER 42\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def compiled(sources: Path) -> Path:
    """Return the same folder with its library; skip where there is no compiler."""
    reason = compile_reader(sources, ENVIRON)
    if reason == NO_COMPILER:
        pytest.skip(reason)
    assert reason == ""
    return sources


def is_pure(folder: Path, told: str, **environ: str) -> bool:
    """Whether the reader runs in Python, and for this reason."""
    return load_library(folder, environ) is None and told in why_pure(folder, environ)


def test_a_library_made_from_these_sources_is_used(compiled: Path) -> None:
    library = load_library(compiled, {})
    assert library is not None and library.answer() == 42 and why_pure(compiled, {}) == ""
    assert sorted(each.name for each in compiled.iterdir()) == sorted(["answer.h", "reader.cpp", LIBRARY])


def test_without_a_library_python_reads(sources: Path) -> None:
    assert is_pure(sources, "ありません")


@pytest.mark.parametrize("changed", ["answer.h", "reader.cpp", "another.cpp"])
def test_a_library_made_from_other_sources_is_not_used(compiled: Path, changed: str) -> None:
    with (compiled / changed).open("a", encoding="utf-8") as file:
        file.write("// changed\n")
    assert is_pure(compiled, "今のソースと合いません")


def test_some_other_library_is_not_used(compiled: Path) -> None:
    source = compiled / "reader.cpp"
    source.write_text(SOURCE.replace("kotowari_sources", "other"), encoding="utf-8")
    assert compile_reader(compiled, ENVIRON) == "" and is_pure(compiled, "今のソースと合いません")


def test_a_broken_file_is_not_used(sources: Path) -> None:
    (sources / LIBRARY).write_bytes(b"not a library")
    assert is_pure(sources, "読み込めません")


def test_python_reads_where_that_is_wished(compiled: Path) -> None:
    assert is_pure(compiled, "KOTOWARI_PURE", KOTOWARI_PURE="1")


def test_nothing_is_compiled_where_that_is_wished(sources: Path) -> None:
    assert "KOTOWARI_PURE" in compile_reader(sources, {**ENVIRON, "KOTOWARI_PURE": "1"})
    assert not (sources / LIBRARY).exists()


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        pytest.param({**ENVIRON, "CXX": "false"}, "false ended with 1", id="the compiler fails"),
        pytest.param({"PATH": ""}, NO_COMPILER, id="there is none"),
    ],
)
def test_a_failure_is_told_and_leaves_no_library(sources: Path, environ: dict[str, str], told: str) -> None:
    (sources / LIBRARY).write_bytes(b"made from other sources")
    assert compile_reader(sources, environ) == told
    assert sorted(each.name for each in sources.iterdir()) == ["answer.h", "reader.cpp"]


def test_a_fault_in_the_sources_is_told_in_one_line(compiled: Path) -> None:
    (compiled / "answer.h").write_text("#define ANSWER nonsense\n", encoding="utf-8")
    told = compile_reader(compiled, ENVIRON)
    assert "nonsense" in told and len(told.splitlines()) == 1 and not (compiled / LIBRARY).exists()


def test_a_current_library_is_left_as_it_is(compiled: Path) -> None:
    before = (compiled / LIBRARY).stat()
    assert compile_reader(compiled, ENVIRON) == "" and (compiled / LIBRARY).stat().st_ino == before.st_ino


def test_a_change_in_a_header_is_compiled(compiled: Path) -> None:
    (compiled / "answer.h").write_text("#define ANSWER 43\n", encoding="utf-8")
    assert compile_reader(compiled, ENVIRON) == ""
    library = load_library(compiled, {})
    assert library is not None and library.answer() == 43


def test_whoever_reads_in_python_does_not_load_ctypes(sources: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from service.adapters.compiled import load_library\n"
        f"load_library(Path({str(sources)!r}), {{}}); print('ctypes' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "False", done.stderr
