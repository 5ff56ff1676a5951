"""The search through a data folder finds a text however it is spelled."""

from __future__ import annotations

import base64
import json
import sqlite3
from pathlib import Path

import pytest

from tests.line.stored import places_of, stored_rows

TEXT = "白浜さんの案件でZoom面接をお願いします"


@pytest.mark.parametrize(
    "spelled",
    [
        TEXT.encode(),
        json.dumps({"text": TEXT}).encode(),
        json.dumps(json.dumps({"text": TEXT})).encode(),
        TEXT.encode("utf-16-le"),
        base64.b64encode(f"x{TEXT}".encode()),
        base64.b64encode(f"xy{TEXT}".encode()),
        base64.b64encode(json.dumps({"deep": TEXT}, ensure_ascii=False).encode()),
        f"…{TEXT[5:13]}…".encode(),
    ],
)
def test_a_text_is_found(tmp_path: Path, spelled: bytes) -> None:
    (tmp_path / "some.db-wal").write_bytes(b"\0\1" + spelled + b"\2")
    (tmp_path / "other.db").write_bytes("別の文章です".encode())
    assert places_of(TEXT, tmp_path) == ["some.db-wal"]


def test_rows_are_read_while_a_writer_holds_the_database(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (1)")
    connection.commit()
    assert stored_rows(tmp_path) == {"a.db/t": [(1,)]}
    connection.close()
