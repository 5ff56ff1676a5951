"""What lies in the data folder: the rows of every table, and every file searched for a text in any spelling."""

from __future__ import annotations

import base64
import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

sqlite: Any = importlib.import_module(
    "pysqlite3.dbapi2" if importlib.util.find_spec("pysqlite3") else "sqlite3"
)  # the newer SQLite the service writes with, where there is one
LEAST = 6  # a shorter piece of a text is found by chance


def stored_rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables of all databases, sorted: equal means nothing was stored in between."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3":
            connection = sqlite.connect(f"file:{path}?mode=ro", uri=True)
            try:
                names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for (name,) in names:
                    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                    found[f"{path.name}/{name}"] = sorted(rows, key=repr)
            finally:
                connection.close()
    return found


def places_of(text: str, folder: Path, piece: int = LEAST) -> list[str]:
    """Return the files that hold the text, or a piece of it, in any usual spelling."""
    pieces = [text[start : start + piece] for start in range(0, max(1, len(text) - piece + 1), 3)]
    spellings = {spelled for each in pieces for spelled in _spellings(each)}
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(spelled in (content := path.read_bytes()) for spelled in spellings) and content
    )


def _spellings(piece: str) -> list[bytes]:
    raw = piece.encode()
    escaped = json.dumps(piece)[1:-1].encode()
    # Base64 has three alignments; its first and last signs depend on the neighbours and are left out.
    encoded = [base64.b64encode(b"\0" * shift + raw)[4:-4] for shift in range(3)]
    return [
        raw,
        escaped,
        escaped.replace(b"\\", b"\\\\"),
        piece.encode("utf-16-le"),
        piece.encode("utf-16-be"),
        *encoded,
    ]
