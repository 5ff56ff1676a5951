"""What kill -9 costs: events in flight, a restart on the same data, counted as LINE counts.

    uv run python -m tests.bench.crash            # 200 events, killed at three moments
    uv run python -m tests.bench.crash --events 50

The time to be ready again is mostly Python loading libraries; beside it stands how long the bare imports take here.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fakes.line_account import Account
from tests.fakes.line_server import running
from tests.line.crashing import crash

IMPORTS = "import fastapi, uvicorn, sqlalchemy, dbos, linebot.v3.messaging"


def main() -> None:
    """Kill the service before the first answer, at a quarter, and at a half; print what that cost."""
    parser = argparse.ArgumentParser(description="Kill the LINE service with events in flight.")
    parser.add_argument("--events", type=int, default=200)
    events = parser.parse_args().events
    print(f"Python {platform.python_version()} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f} at the start")
    for answered in (0, events // 4, events // 2):
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)
        imports = time.monotonic() - began
        with tempfile.TemporaryDirectory() as folder, running(Account(quota=None)) as line:
            cost = crash(line, Path(folder), events, answered)
            wrong = len(line.ledger.violations)
        print(f"{cost} · calls LINE would refuse {wrong} · bare imports {imports:.1f} s", flush=True)


if __name__ == "__main__":
    main()
