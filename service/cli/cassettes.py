"""Cassettes: the model's recorded answers for the tests — readable, without secrets, their origin written in them."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import yaml

from service.errors import InputError

_KEPT_HEADERS = ("content-type", "retry-after", "retry-after-ms", "x-should-retry")
_PRIVATE = ("safety_identifier", "user")


def make_recorder(folder: Path, *, origin: str = "", mode: str = "none") -> Any:
    """Return a recorder of calls to the model; `origin` is written into what it records."""
    try:
        vcr = importlib.import_module("vcr")
    except ImportError as error:
        raise InputError("録音には開発用の依存関係（vcrpy）が必要です。uv sync を実行してください。") from error
    recorder = vcr.VCR(
        cassette_library_dir=str(folder),
        record_mode=mode,
        serializer="readable",
        match_on=("method", "path", "body"),
        decode_compressed_response=True,
        before_record_request=_clean_request,
        before_record_response=_clean_response,
        ignore_hosts=("testserver",),
    )
    recorder.register_serializer("readable", _Readable(origin))
    return recorder


class _Readable:
    """Cassettes as YAML with Japanese as it is read, and JSON bodies laid out."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def serialize(self, cassette: dict[str, Any]) -> str:
        data = {"recorded_from": self.origin, **cassette}
        for each in data["interactions"]:
            each["request"]["body"] = _lay_out(each["request"]["body"])
            each["response"]["body"]["string"] = _lay_out(each["response"]["body"]["string"])
        return yaml.dump(data, allow_unicode=True, sort_keys=False, width=1000, Dumper=_Blocks)

    def deserialize(self, text: str) -> Any:
        return yaml.safe_load(text)


class _Blocks(yaml.SafeDumper):
    """A dumper that writes texts of several lines as blocks."""


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Blocks.add_representer(str, _write_text)


def _lay_out(body: Any) -> str:
    text = body.decode("utf-8") if isinstance(body, bytes) else str(body or "")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except ValueError:
        return text


def _clean_request(request: Any) -> Any:
    """Keep the body alone, without who asked; every header may hold a secret or the machine's ways."""
    request.headers = {"content-type": "application/json"}
    request.uri = "https://model.invalid" + request.path
    if request.body:
        body = json.loads(request.body)
        kept = {name: value for name, value in sorted(body.items()) if name not in _PRIVATE}
        request.body = json.dumps(kept, ensure_ascii=False).encode("utf-8")
    return request


def _clean_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name: value for name, value in response["headers"].items() if name.lower() in _KEPT_HEADERS}
    return {**response, "headers": headers}
