"""`kotowari check --batch`: a line in, a line out, in order, whatever a line holds."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.__main__ import main
from service.cli.batch import Defaults, answer_lines
from service.consultation import Book

DEFAULTS = Defaults(date(2026, 11, 23))


def run_batch(book: Book, source: bytes, defaults: Defaults = DEFAULTS) -> tuple[int, list[dict[str, Any]]]:
    """Return how many lines failed, and every result."""
    sink = io.BytesIO()
    failed = answer_lines(io.BytesIO(source), sink, book=book, defaults=defaults)
    return failed, [json.loads(line) for line in sink.getvalue().decode().splitlines()]


def lines(*entries: object) -> bytes:
    """Return entries as JSON lines."""
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


def test_results_keep_the_order_and_the_ids(book: Book) -> None:
    entries = [{"id": name, "text": "面談をお願いします"} for name in ("b", 7, "あ", "a")]
    failed, results = run_batch(book, lines(*entries))
    assert failed == 0 and [result["id"] for result in results] == ["b", 7, "あ", "a"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"not json", None),
        (b"[1]", None),
        (b'"text"', None),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
        (b'{"id": "x"}', "x"),
        (b'{"id": "x", "text": 5}', "x"),
        (b'{"id": "x", "text": ""}', "x"),
        (b'{"id": "x", "text": "\\ud800"}', "x"),
        (b'{"id": "x", "text": "a", "platform": "mixi"}', "x"),
        (b'{"id": "x", "text": "a", "stage": 1}', "x"),
        (b'{"id": "x", "text": "a", "as_of": "1900-01-01"}', "x"),
        (b'{"id": [1], "text": "a"}', None),
        (b'{"id": "x", "text": "' + b"a" * 2_000_000 + b'"}', None),
    ],
)
def test_an_unreadable_line_costs_no_other(book: Book, line: bytes, name: object) -> None:
    good = lines({"id": "good", "text": "面談をお願いします"})
    failed, results = run_batch(book, good + line + b"\n" + good)
    assert failed == 1 and [result["id"] for result in results] == ["good", name, "good"]
    assert set(results[1]) == {"id", "error"}


def test_a_blank_line_keeps_its_place_but_not_at_the_end(book: Book) -> None:
    good = lines({"id": 1, "text": "面談"})
    failed, results = run_batch(book, good + b"\n" + good + b"\n\n")
    assert failed == 1 and len(results) == 3


def test_a_line_says_its_own_site_stage_and_day(book: Book) -> None:
    entry = {"id": 1, "text": "面談", "platform": "lancers", "stage": "after_contract", "as_of": "2020-01-02"}
    result = run_batch(book, lines(entry))[1][0]
    assert (result["platform"], result["stage"], result["as_of"]) == ("lancers", "after_contract", "2020-01-02")


def test_what_a_line_leaves_out_comes_from_the_options(book: Book) -> None:
    defaults = Defaults(date(2021, 1, 2), platform="coconala", stage="before_contract")
    result = run_batch(book, lines({"id": 1, "text": "面談", "platform": None}), defaults)[1][0]
    assert (result["platform"], result["stage"], result["as_of"]) == ("coconala", "before_contract", "2021-01-02")


def test_more_than_is_asked_for_is_no_mistake(book: Book) -> None:
    assert run_batch(book, b"\xef\xbb\xbf" + lines({"id": 1, "text": "面談", "note": "x", "verdict": "ok"}))[0] == 0


def test_a_single_answer_and_a_batch_say_the_same(book: Book, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "契約前にLINEを教えてください"
    assert main(["check", text, "--json", "--as-of", "2026-11-23"]) == 0
    single = json.loads(capfdbinary.readouterr().out)
    batch = run_batch(book, lines({"id": single["id"], "text": text}))[1][0]
    assert batch == single


@pytest.mark.parametrize(("source", "code"), [(b'{"id": 1, "text": "a"}\n', 0), (b"{}\n", 1), (b"", 0)])
def test_the_exit_code_tells_whether_all_were_read(
    source: bytes, code: int, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "batch.jsonl"
    file.write_bytes(source)
    assert main(["check", "--batch", str(file), "--json"]) == code
    captured = capfdbinary.readouterr()
    assert captured.err == b"" and captured.out.count(b"\n") == source.count(b"\n")
