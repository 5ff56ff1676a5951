"""LINE's OpenAPI description as the stand-in uses it: which operation a request is, and what is wrong with its body."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

SPEC = Path(__file__).parent.parent / "spec" / "messaging-api.strict.yml"
# JSON Schema counts code points; these fields LINE counts in graphemes, so line_limits measures them instead.
IN_GRAPHEMES = {"label", "displayText", "fillInText"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing LINE would refuse, as an entry of `details`."""

    message: str
    property: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API; `body` names the schema of its JSON body, if it has one."""

    id: str
    method: str
    path: re.Pattern[str]
    body: str | None


def find_operation(method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """Return the operation a request asks for, and the values of its path's blanks."""
    for operation in _operations():
        if operation.method == method and (match := operation.path.fullmatch(path)):
            return operation, match.groupdict()
    return None


def body_problems(schema: str, body: Any) -> list[Problem]:
    """Return what the strict description refuses in a body."""
    errors = list(_validator(schema).iter_errors(body))
    # Where a property is wrong, the schema around it did not count it either: only the first is worth telling.
    plain = [
        each for each in errors if not isinstance(each.kind, jsonschema_rs.ValidationErrorKind.UnevaluatedProperties)
    ]
    return sorted({_problem(error) for error in plain or errors}, key=lambda each: each.property)


@cache
def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = yaml.load(SPEC.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return spec


@cache
def _operations() -> tuple[Operation, ...]:
    """Return all operations; a path with fewer blanks first, as `/richmenu/list` is no menu's id."""
    paths = sorted(_spec()["paths"].items(), key=lambda item: item[0].count("{"))
    return tuple(
        Operation(each["operationId"], method.upper(), _pattern(path), _schema_of(each))
        for path, item in paths
        for method, each in item.items()
        if method in ("get", "put", "post", "delete")
    )


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _schema_of(operation: dict[str, Any]) -> str | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return content["schema"]["$ref"].rsplit("/", 1)[-1] if content else None


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    root = {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": _closed_schemas()}}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


@cache
def _closed_schemas() -> dict[str, Any]:
    """Return the schemas with precise tags and no room for a mistyped property."""
    schemas: dict[str, Any] = copy.deepcopy(_spec()["components"]["schemas"])
    children = {ref.rsplit("/", 1)[-1] for each in schemas.values() for ref in _mapping(each).values()}
    for name, schema in schemas.items():
        if name in children:
            schema["unevaluatedProperties"] = False
        elif "properties" in schema and not name.endswith("__Props"):
            schema.setdefault("additionalProperties", False)
    for name in [name for name, schema in schemas.items() if _mapping(schema)]:
        schemas[name] = _by_tag(schemas[name]["discriminator"]["propertyName"], _mapping(schemas[name]))
    for node in _nodes(schemas):
        _count_code_points_only_where_line_does(node)
    return schemas


def _mapping(schema: dict[str, Any]) -> dict[str, str]:
    mapping: dict[str, str] = schema.get("discriminator", {}).get("mapping", {})
    return mapping


def _by_tag(tag: str, mapping: dict[str, str]) -> dict[str, Any]:
    """Check the one kind the tag names: `oneOf` would only say that none of eleven fits."""
    kinds = [
        {"if": {"required": [tag], "properties": {tag: {"const": value}}}, "then": {"$ref": ref}}
        for value, ref in mapping.items()
    ]
    return {"type": "object", "required": [tag], "properties": {tag: {"enum": list(mapping)}}, "allOf": kinds}


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(value)


def _count_code_points_only_where_line_does(node: dict[str, Any]) -> None:
    properties = node.get("properties")
    for name, schema in properties.items() if isinstance(properties, dict) else ():
        if name in IN_GRAPHEMES and isinstance(schema, dict):
            schema.pop("maxLength", None)


def _problem(error: jsonschema_rs.ValidationError) -> Problem:
    path, kind = [*error.instance_path], error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        path.append(kind.property)
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return Problem(_in_lines_words(error), where)


def _in_lines_words(error: jsonschema_rs.ValidationError) -> str:
    """Say it as LINE says it where its sentence is known; else as the validator does."""
    kinds = jsonschema_rs.ValidationErrorKind
    match error.kind:
        case kinds.MaxLength(limit=limit):
            return f"Length must be between 0 and {limit}"
        case kinds.MinLength() | kinds.Required():
            return "May not be empty"
        case kinds.MaxItems() | kinds.MinItems() if error.instance_path == ["messages"]:
            return "Size must be between 1 and 5"
        case kinds.MultipleOf():
            return "must be a multiple of five"
    return error.message
