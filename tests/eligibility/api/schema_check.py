"""Does a JSON value keep to a schema of the OpenAPI document? The part of JSON Schema that the document uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
KNOWN = {
    "$ref", "additionalProperties", "anyOf", "const", "default", "description", "enum", "example", "examples",
    "exclusiveMaximum", "format", "items", "maxItems", "maximum", "minLength", "minimum", "pattern", "properties",
    "propertyNames", "required", "title", "type",
}  # fmt: skip
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
    "null": type(None),
}


def problems(value: Any, schema: Json, document: Json, where: str = "$") -> Iterator[str]:
    """What is wrong with the value, each with its place; nothing when it keeps to the schema."""
    assert set(schema) <= KNOWN, f"The check does not know {set(schema) - KNOWN}."
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        yield from problems(value, document["components"]["schemas"][name], document, where)
    if "anyOf" in schema:
        tried = [list(problems(value, each, document, where)) for each in schema["anyOf"]]
        if all(tried):
            yield f"{where} fits none of the choices: {min(tried, key=len)[:2]}"
    if "type" in schema:
        if not _is_of(value, schema["type"]):
            yield f"{where} is {value!r} and not of type {schema['type']}"
            return
        yield from _inside(value, schema, document, where)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r} and not one of {schema['enum']}"


def _is_of(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind])


def _inside(value: Any, schema: Json, document: Json, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _fields(value, schema, document, where)
    elif isinstance(value, list):
        if len(value) > schema.get("maxItems", len(value)):
            yield f"{where} is too long"
        for number, each in enumerate(value):
            yield from problems(each, schema.get("items", {}), document, f"{where}[{number}]")
    elif isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where} is {value!r}, which does not match {schema['pattern']}"
        if len(value) < schema.get("minLength", 0):
            yield f"{where} is too short"
    elif value is not None and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where} is out of range"


def _fields(value: Json, schema: Json, document: Json, where: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where} lacks {name}"
    other = schema.get("additionalProperties", {})
    for name, each in value.items():
        if name in known:
            yield from problems(each, known[name], document, f"{where}.{name}")
        elif other is False:
            yield f"{where} has {name}, which the document does not know"
        elif isinstance(other, dict):
            yield from problems(each, other, document, f"{where}.{name}")
        if "propertyNames" in schema:
            yield from problems(name, schema["propertyNames"], document, f"{where}: the key {name}")
