"""The page that documents the API, made from the OpenAPI document and so never behind it. Needs no script."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Json = dict[str, Any]


def documentation(request: HttpRequest, document: Json) -> HttpResponse:
    """Every operation with its parameters, bodies and statuses, and every schema."""
    context = {
        "info": document["info"],
        "paragraphs": paragraphs(document["info"]["description"]),
        "operations": [
            _operation(path, method, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ],
        "schemas": [
            _schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items())
        ],
    }
    return render(request, "api/documentation.html", context)


def _operation(path: str, method: str, operation: Json) -> Json:
    body: Json = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "paragraphs": paragraphs(operation["description"]),
        "parameters": [_parameter(each) for each in operation.get("parameters", [])],
        "body": type_words(body["schema"]) if body else "",
        "examples": [
            {"name": name, "text": json.dumps(each["value"], indent=2, ensure_ascii=False)}
            for name, each in body.get("examples", {}).items()
        ],
        "answers": [_answer(status, told) for status, told in operation["responses"].items()],
    }


def _parameter(parameter: Json) -> Json:
    example = parameter.get("example")
    return {
        "name": parameter["name"],
        "in": parameter["in"],
        "required": parameter["required"],
        "type": type_words(parameter["schema"]),
        "meaning": parts(parameter.get("description", "")),
        "example": example if isinstance(example, str) else json.dumps(example) if example else "",
    }


def paragraphs(text: str) -> list[list[tuple[str, bool]]]:
    return [parts(each) for each in text.split("\n\n")]


def parts(text: str) -> list[tuple[str, bool]]:
    """The text piece by piece, each with whether it stood between backticks, which mark code."""
    return [(piece, number % 2 == 1) for number, piece in enumerate(text.split("`")) if piece]


def _answer(status: str, told: Json) -> Json:
    content: Json = next(iter(told.get("content", {}).values()), {})
    return {
        "status": status,
        "meaning": parts(told["description"]),
        "type": type_words(content["schema"]) if content else "",
    }


def _schema(name: str, schema: Json) -> Json:
    required = set(schema.get("required", ()))
    return {
        "name": name,
        "meaning": parts(schema.get("description", "")),
        "values": schema.get("enum", ()),
        "fields": [
            {
                "name": field,
                "type": type_words(each),
                "required": field in required,
                "meaning": parts(each.get("description", "")),
            }
            for field, each in schema.get("properties", {}).items()
        ],
    }


def type_words(schema: Json) -> str:
    """A schema in a few words: "string or null", "list of Source"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(dict.fromkeys(type_words(each) for each in schema[choice]))
    if "enum" in schema:
        return " or ".join(f'"{value}"' for value in schema["enum"])
    kind = str(schema.get("type", "any value"))
    if kind == "array":
        return f"list of {type_words(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {type_words(schema['additionalProperties'])}"
    return kind if "format" not in schema else f"{kind} ({schema['format']})"
