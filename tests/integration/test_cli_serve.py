"""`kotowari serve`: it answers, it stops when told, and a taken port is told in one line."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The service on a free port: its address and its process."""
    command = [sys.executable, "-m", "service", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield process.stderr.readline().split("/ ")[0], process
        process.kill()


def test_it_answers_and_stops_when_told(served: tuple[str, subprocess.Popen[str]]) -> None:
    address, process = served
    body = json.dumps({"text": "契約前にLINEを教えてください"}).encode()
    request = urllib.request.Request(f"{address}/api/advice", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as response:
        assert json.load(response)["verdict"] == "against_rules"
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert "Traceback" not in told


def test_a_taken_port_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "--port" in told


def test_wrong_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KOTOWARI_MODEL_API", "soap")
    assert main(["serve"]) == 2
    assert "KOTOWARI_MODEL_API" in capsys.readouterr().err
