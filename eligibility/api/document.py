"""The OpenAPI document: what django-ninja knows of the operations, and bodies, errors, headers and examples beside.

Bodies are read by us and not by a schema, so that a case is refused in the same words as by the command; the schemas
of bodies are therefore added here. A test holds every answer of the API against this document.
"""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from pydantic.json_schema import models_json_schema

from eligibility.api.problems import CONTENT_TYPE
from eligibility.api.reading import JSON_TYPE, MAX_BODY_BYTES, MAX_CASES
from eligibility.api.schemas.assessing import Answers, Batch, Case
from eligibility.api.schemas.base import Problem

Json = dict[str, Any]
REF = "#/components/schemas/{model}"
DESCRIPTION = f"""\
The same engine and the same explanations as the pages of CPTPP Check: which of nine criteria of the Canadian CPTPP
work permit for professionals and technicians (T52) a case meets, and why. Information, not legal advice; not a
government service.

No account and no key. Nothing that is sent is stored. A body may hold {MAX_BODY_BYTES // 1024 // 1024} MB and
{MAX_CASES:,} cases. `Accept-Language` chooses the language of explanations; errors are in English. Requests of one
network are counted for a minute; over the limit the answer is 429 with `Retry-After`. Reads carry an `ETag`, which
changes with the data: send it back as `If-None-Match`. Scripts of any origin may read and assess. Where an operation
takes another method the answer is 405, for an unknown address 404, both as problem details (RFC 9457)."""

REFUSALS: Final = {
    400: "The body is not JSON, is empty, names a key twice, is nested too deeply, or holds NaN.",
    404: "The tables have nothing of this name.",
    413: f"The body is larger than {MAX_BODY_BYTES:,} bytes.",
    415: f"The body is not {JSON_TYPE}.",
    422: "A parameter or an answer is outside the contract; `errors` names each.",
    429: "Too many requests of this network; wait as long as `Retry-After` says.",
    503: "The rules cannot be read at the moment; `Retry-After` says when to try again.",
}
STATUSES: Final = {
    "assess": (400, 413, 415, 422, 429, 503),
    "searchOccupations": (422, 429, 503),
    "readOccupation": (404, 429, 503),
    "readLists": (404, 429, 503),
    "readWage": (422, 429, 503),
    "readEditions": (429, 503),
}
"""Operation id -> the errors that it answers with."""
WITH_WAIT: Final = (429, 503)
LANGUAGE_ASKED: Final = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The language of texts; English where the site does not have it.",
}
ETAG_KNOWN: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an answer that you keep; 304 when it still holds.",
}


@cache
def examples() -> Json:
    """Requests that work on the shipped data, and what an error looks like."""
    found: Json = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
    return found


class Pages(DocsBase):
    """Our own page in place of a script that our content security policy would stop."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        from eligibility.api.pages import documentation  # It reads the document, which is being defined here.

        return documentation(request, api.get_openapi_schema())


class DocumentedAPI(NinjaAPI):
    """Version 1, with a complete document."""

    def __init__(self) -> None:
        super().__init__(
            title="CPTPP Check", version="1", description=DESCRIPTION, urls_namespace="api", docs=Pages()
        )

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The whole document, OpenAPI 3.1."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        models = [(model, "validation") for model in (Answers, Batch, Case, Problem)]
        _, added = models_json_schema(models, ref_template=REF)  # type: ignore[arg-type]
        document["components"]["schemas"].update(added["$defs"])
        for field in document["components"]["schemas"]["Answers"]["properties"].values():
            del field["default"]  # A missing answer is not always the same as null.
        for methods in document["paths"].values():
            for method, operation in methods.items():
                _complete(operation, is_read=method == "get")
        return document


def _complete(operation: Json, *, is_read: bool) -> None:
    """Add to an operation what django-ninja does not know."""
    operation["security"] = []
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        if parameter["name"] in examples()["parameters"]:
            parameter["example"] = examples()["parameters"][parameter["name"]]
    parameters.append(LANGUAGE_ASKED)
    answers = operation["responses"] = {str(status): told for status, told in operation["responses"].items()}
    answers["200"]["headers"] = {"Content-Language": _header("The language of the texts.")}
    if is_read:
        parameters.append(ETAG_KNOWN)
        answers["200"]["headers"]["ETag"] = _header(
            "Changes with the data, the day, the release, the language."
        )
        answers["304"] = {"description": "What you keep still holds; the answer has no body."}
    else:
        operation["requestBody"] = _body()
    answers.update({str(status): _refusal(status) for status in STATUSES[operation["operationId"]]})


def _header(description: str) -> Json:
    return {"description": description, "schema": {"type": "string"}}


def _body() -> Json:
    names = ("case", "bare answers", "batch")
    return {
        "required": True,
        "content": {
            JSON_TYPE: {
                "schema": {
                    "anyOf": [{"$ref": REF.format(model=name)} for name in ("Case", "Answers", "Batch")]
                },
                "examples": {name: {"value": examples()[name]} for name in names},
            }
        },
    }


def _refusal(status: int) -> Json:
    told: Json = {
        "description": f"{HTTPStatus(status).phrase}. {REFUSALS[status]}",
        "content": {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}},
    }
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        told["content"][CONTENT_TYPE]["example"] = examples()["problem"]
    if status in WITH_WAIT:
        told["headers"] = {"Retry-After": _header("Seconds to wait.")}
    return told
