"""A PostgreSQL server of the test's own: a fresh folder, the loopback address, a user who is not root."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

OWNER = "postgres"  # comes with the Debian package; anyone but root would do


class Postgres:
    """A running server; `url` names its one database."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self._programs, self._folder, self._port = programs, folder, port

    @property
    def url(self) -> str:
        """Return the address of the database."""
        return f"postgresql://kotowari@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -c max_connections=60"
        self._run("pg_ctl", "-D", "data", "-w", "-t", "60", "-l", "server.log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` in order, `immediate` as a crash would."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", how, "stop")

    def create(self) -> None:
        """Make the database's files."""
        self._run("initdb", "-D", "data", "-U", "kotowari", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        as_owner = {"user": OWNER, "group": OWNER, "extra_groups": ()} if os.geteuid() == 0 else {}
        command = [str(self._programs / program), *arguments]
        log = self._folder / "programs.log"
        with log.open("ab") as output:  # a file: a pipe would stay open as long as the server lives
            done = subprocess.run(command, cwd=self._folder, stdout=output, stderr=output, **as_owner)  # type: ignore[call-overload]
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text(errors='replace')[-2000:]}")


def find_programs() -> Path | None:
    """Return the folder of the server's programs, the newest there is."""
    found = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return debian[-1].parent if debian else Path(found).resolve().parent if found else None


def require_programs() -> Path:
    """Return the folder of the server's programs; skip without them, but fail where everything must be there."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI") or os.environ.get("KOTOWARI_TESTS_REQUIRE") == "all":
            pytest.fail("PostgreSQL is not installed; `.ci/run` installs it before the tests")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return programs


@contextlib.contextmanager
def running_postgres(programs: Path) -> Iterator[Postgres]:
    """Run a server until the block ends; its folder lies outside pytest's own, which only root may enter."""
    folder = Path(tempfile.mkdtemp(prefix="kotowari-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    server = Postgres(programs, folder, _free_port())
    try:
        server.create()
        server.start()
        yield server
        server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
