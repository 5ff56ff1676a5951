"""Compile the C++ sources of a folder into the reader's library. Where that fails, the reader runs in Python."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from service.adapters.compiled import LIBRARY, hash_sources, list_sources, load_library

_COMPILERS = ("c++", "g++", "clang++")
# No -march=native: the wheel may run on another machine. No contraction: sums must come out as in Python.
_FLAGS = ("-std=c++17", "-O3", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off", "-pthread")
# With C++'s own library inside, ours also runs where that one is older. Its names stay hidden: other packages
# bring their own copy into the same process. Not every compiler takes these.
_SELF_CONTAINED = ("-static-libstdc++", "-static-libgcc", "-Wl,--exclude-libs,ALL")
_PATIENCE = 600  # seconds for one file


def compile_reader(folder: Path, environ: Mapping[str, str]) -> str:
    """Put the library beside its sources; return why there is none, or nothing."""
    if environ.get("KOTOWARI_PURE"):
        return "KOTOWARI_PURE is set"
    if not any(each.suffix == ".cpp" for each in list_sources(folder)):
        reason = "there are no C++ sources"
    elif _is_current(folder, environ):
        reason = ""
    elif (compiler := _find_compiler(environ)) is None:
        reason = "no C++ compiler was found"
    else:
        reason = _try(compiler, folder, environ)
    if reason:
        with suppress(OSError):  # in a folder that cannot be written to; who loads it looks at its sources anyway
            (folder / LIBRARY).unlink()
    return reason


def _is_current(folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether the library was made from these sources, by this file, and runs here."""
    library = folder / LIBRARY
    if environ.get("CXX") or not library.is_file():  # a compiler that is named is meant to be used
        return False
    newest = max(each.stat().st_mtime for each in (*list_sources(folder), Path(__file__)))
    return library.stat().st_mtime > newest and load_library(folder, environ) is not None


def _find_compiler(environ: Mapping[str, str]) -> list[str] | None:
    for command in (environ.get("CXX", "").split(), *([name] for name in _COMPILERS)):  # CXX may be "ccache g++"
        if command and shutil.which(command[0], path=environ.get("PATH")):
            return command
    return None


def _try(compiler: Sequence[str], folder: Path, environ: Mapping[str, str]) -> str:
    try:
        _compile(compiler, folder, environ)
    except subprocess.CalledProcessError as error:
        said = next((line for line in error.stderr.splitlines() if "error" in line), "")
        return said or f"{compiler[0]} ended with {error.returncode}"
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return ""


def _compile(compiler: Sequence[str], folder: Path, environ: Mapping[str, str]) -> None:
    flags = [*_FLAGS, f'-DKOTOWARI_SOURCES="{hash_sources(folder)}"']
    # In the same folder, so that moving the finished library into place is one step that nobody sees half done.
    with TemporaryDirectory(dir=folder, prefix=".build-") as scratch, ThreadPoolExecutor(os.cpu_count()) as pool:
        made = Path(scratch, LIBRARY)
        pairs = [(each, Path(scratch, f"{each.stem}.o")) for each in list_sources(folder) if each.suffix == ".cpp"]
        commands = [[*compiler, *flags, "-c", str(source), "-o", str(target)] for source, target in pairs]
        list(pool.map(lambda command: _run(command, environ), commands))
        link = [*compiler, "-shared", "-pthread", *(str(target) for _, target in pairs), "-o", str(made)]
        try:
            _run([*link, *_SELF_CONTAINED], environ)
        except subprocess.CalledProcessError:
            _run(link, environ)
        made.replace(folder / LIBRARY)


def _run(command: Sequence[str], environ: Mapping[str, str]) -> None:
    subprocess.run(
        command, env=dict(environ), check=True, capture_output=True, text=True, errors="replace", timeout=_PATIENCE
    )
