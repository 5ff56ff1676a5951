"""The API as its readers see it, from the OpenAPI definition: calls with their fields, examples and errors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body."""

    name: str
    kind: str
    about: str
    required: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A named object and its fields."""

    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One address of the API."""

    method: str
    path: str
    about: str
    request: Shape
    request_example: str
    answer: tuple[Shape, ...]
    answer_example: str
    errors: tuple[tuple[str, str], ...]


def describe_calls(openapi: Schema) -> tuple[Call, ...]:
    """Return every call of the definition that takes a JSON body."""
    shapes = openapi.get("components", {}).get("schemas", {})
    return tuple(
        _describe(method.upper(), path, operation, shapes)
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    )


def _describe(method: str, path: str, operation: Schema, shapes: Schema) -> Call:
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    answered = operation["responses"]["200"]["content"]["application/json"]
    return Call(
        method=method,
        path=path,
        about=operation.get("description", ""),
        request=_shape(asked.get("title", ""), asked),
        request_example=_print(asked["examples"][0]),
        answer=tuple(_reach(answered["schema"]["$ref"].removeprefix(_REF), shapes, [])),
        answer_example=_print(answered["example"]),
        errors=tuple((code, each["description"]) for code, each in operation["responses"].items() if code != "200"),
    )


def _reach(name: str, shapes: Schema, seen: list[str]) -> Iterator[Shape]:
    """Yield a shape and the shapes it is made of, each once."""
    seen.append(name)
    yield _shape(name, shapes[name])
    for schema in shapes[name]["properties"].values():
        for other in _names(schema):
            if other not in seen:
                yield from _reach(other, shapes, seen)


def _names(schema: Schema) -> list[str]:
    inner = [schema.get("items", {}), *schema.get("anyOf", [])]
    return [each["$ref"].removeprefix(_REF) for each in (schema, *inner) if "$ref" in each]


def _shape(name: str, schema: Schema) -> Shape:
    required = schema.get("required", [])
    fields = (
        Field(key, _kind(each), each.get("description", ""), key in required, tuple(each.get("enum", ())))
        for key, each in schema["properties"].items()
    )
    return Shape(name, schema.get("description", ""), tuple(fields))


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}[]"
    return str(schema.get("type", ""))


def _print(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
