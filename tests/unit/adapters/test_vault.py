"""The vault: what is sealed opens in its place alone; names say nothing and stay the same."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from service.adapters.vault import KEY_FILE, Vault, read_key_file

VAULT = Vault(b"one key")


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    sealed = VAULT.seal({"text": text}, place="row 1")
    assert VAULT.open(sealed, place="row 1") == {"text": text}


def test_it_opens_in_no_other_place_with_no_other_key_and_not_when_changed() -> None:
    sealed = VAULT.seal("秘密", place="row 1")
    assert VAULT.open(sealed, place="row 2") is None
    assert Vault(b"another key").open(sealed, place="row 1") is None
    assert VAULT.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), place="row 1") is None
    assert VAULT.open(None, place="row 1") is None


def test_the_same_text_is_never_sealed_alike() -> None:
    assert VAULT.seal("秘密", place="row 1") != VAULT.seal("秘密", place="row 1")
    assert "秘密".encode() not in VAULT.seal("秘密", place="row 1")


def test_names_hang_on_the_key_and_on_every_part() -> None:
    assert VAULT.name("user", "U1") == VAULT.name("user", "U1")
    others = {VAULT.name("user", "U2"), VAULT.name("chat", "U1"), Vault(b"another key").name("user", "U1")}
    assert VAULT.name("user", "U1") not in others and len(others) == 3


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = read_key_file(tmp_path)
    assert key == read_key_file(tmp_path) and len(key) > 40
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
