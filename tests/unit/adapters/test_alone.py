"""One process at a time on a data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.adapters.engine.alone import FolderLock
from service.errors import InputError


def test_a_second_one_is_told_and_the_next_one_is_let_in(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    with pytest.raises(InputError, match="KOTOWARI_DATA_DIR"):
        FolderLock(tmp_path, patience=0)
    first.release()
    FolderLock(tmp_path, patience=0).release()
