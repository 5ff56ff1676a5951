"""Signatures: LINE's own examples, and what is no signature."""

from __future__ import annotations

import pytest

from service.channels.line.signature import is_genuine

BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'


@pytest.mark.parametrize(
    ("secret", "body", "signature"),
    [
        ("8c570fa6dd201bb328f1c1eac23a96d8", BODY, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="),
        ("channel_secret", b"bodybodybodybody", "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k="),
    ],
)
def test_published_examples_hold(secret: str, body: bytes, signature: str) -> None:
    assert is_genuine(body, signature, secret)
    assert not is_genuine(body + b" ", signature, secret)
    assert not is_genuine(body, signature.lower(), secret)


@pytest.mark.parametrize("signature", ["", "あ", "\xff\xfe", "=" * 10_000])
def test_odd_signatures_are_no_signatures(signature: str) -> None:
    assert not is_genuine(BODY, signature, "secret")


def test_an_empty_secret_proves_nothing() -> None:
    assert not is_genuine(b"", "thNnmggU2ex3L5XXeMNfxf8Wl8STcVZTxscSFEKSxa0=", "")
