"""Signed webhook bodies and events of every type, held against LINE's own description and answers."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.conftest import ROOT
from tests.fakes.line_events import Events, group_id, odd_shapes, redelivered, ulid, user_id
from tests.fakes.line_signature import sign, signed_headers, webhook_body

EVERY = Events().every_type(user_id(1), group_id(1))


@pytest.fixture(scope="module")
def described() -> jsonschema_rs.Draft202012Validator:
    """Return a validator of whole webhook bodies by LINE's strict description."""
    spec = yaml.safe_load((ROOT / "tests" / "spec" / "webhook.strict.yml").read_text(encoding="utf-8"))
    root = {"$ref": "#/components/schemas/CallbackRequest", "components": spec["components"]}
    return jsonschema_rs.Draft202012Validator(root)


@pytest.mark.parametrize(
    ("secret", "body", "signature"),
    [
        (
            "8c570fa6dd201bb328f1c1eac23a96d8",
            b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
            "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=",
        ),
        ("channel_secret", b"bodybodybodybody", "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k="),
    ],
)
def test_signatures_are_lines_known_answers(secret: str, body: bytes, signature: str) -> None:
    assert sign(body, secret) == signature
    assert signed_headers(body, secret)["X-Line-Signature"] == signature


@pytest.mark.parametrize("name", [name for name in EVERY if name != "messageEdited"])  # newer than the description
def test_every_event_is_as_line_describes_it(described: jsonschema_rs.Draft202012Validator, name: str) -> None:
    body = json.loads(webhook_body(EVERY[name], destination=user_id(9)))
    assert [error.message for error in described.iter_errors(body)] == []


def test_every_type_of_the_description_is_made() -> None:
    spec = yaml.safe_load((ROOT / "tests" / "spec" / "webhook.strict.yml").read_text(encoding="utf-8"))
    schemas: dict[str, Any] = spec["components"]["schemas"]
    assert set(schemas["Event"]["discriminator"]["mapping"]) - {each["type"] for each in EVERY.values()} <= {
        "pnpDelivery"
    }
    kinds = {each["message"]["type"] for each in EVERY.values() if "message" in each}
    assert kinds == set(schemas["MessageContent"]["discriminator"]["mapping"])


def test_a_redelivery_is_the_same_event_but_for_its_mark() -> None:
    event = Events().text("hi", user_id(1))
    again = redelivered(event)
    assert again["deliveryContext"] == {"isRedelivery": True} and event["deliveryContext"] == {"isRedelivery": False}
    assert {**again, "deliveryContext": 0} == {**event, "deliveryContext": 0}


def test_ids_sort_by_time() -> None:
    early, late = ulid(1_795_700_000_000), ulid(1_795_700_000_001)
    assert early < late and re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", early)


def test_odd_shapes_are_odd(described: jsonschema_rs.Draft202012Validator) -> None:
    """Nearly all break the description; those that only add or leave out what may be left out do not."""
    shapes = odd_shapes(Events(), user_id(1))
    fine = {
        name
        for name, each in shapes.items()
        if name not in ("text-surrogate", "id-surrogate")
        and described.is_valid({"destination": user_id(9), "events": [each]})
    }
    assert fine <= {
        "unknown-fields",
        "no-source",
        "no-token",
        "text-empty",
        "text-nul",
        "id-long",
        "id-nul",
        "join-a-path",
        "postback-huge",
        "timestamp-negative",
        "timestamp-float",
        "timestamp-huge",
    }
    assert len(shapes) > 40
