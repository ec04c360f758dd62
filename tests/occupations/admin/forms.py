"""A person at a form of the staff's pages: opens it, changes some fields, sends the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import html5lib
from django.http import HttpResponse
from django.test import Client

Body = dict[str, list[str]]


def form_of(response: Any, form: str = "_form") -> Body:
    """What a browser would send of the form whose id ends so, with nothing changed and no button."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    inside = tree.find(".//main")
    assert inside is not None
    found = next(each for each in inside.iter("form") if each.get("id", "").endswith(form))
    body: Body = {}
    for field in found.iter():
        name = field.get("name")
        if not name or field.tag not in ("input", "select", "textarea"):
            continue
        if field.tag == "select":
            chosen = [
                option.get("value", "") for option in field.iter("option") if "selected" in option.attrib
            ]
            body.setdefault(name, []).extend(chosen)
        elif field.tag == "textarea":
            body.setdefault(name, []).append((field.text or "").removeprefix("\n"))
        elif field.get("type") in ("submit", "button"):
            continue
        elif field.get("type") not in ("checkbox", "radio") or "checked" in field.attrib:
            empty = "on" if field.get("type") in ("checkbox", "radio") else ""
            body.setdefault(name, []).append(field.get("value", empty))
    return body


def changed(body: Body, changes: Mapping[str, Any]) -> Body:
    """The same form with some fields filled in otherwise; None takes a field out (an empty box)."""
    filled = {name: list(values) for name, values in body.items()}
    for name, value in changes.items():
        if value is None:
            filled.pop(name, None)
        else:
            filled[name] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return filled


def send(client: Client, path: str, changes: Mapping[str, Any], *, follow: bool = True) -> HttpResponse:
    """Open the page, change the fields, send it."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    response = client.post(path, changed(form_of(page), changes), follow=follow)
    assert isinstance(response, HttpResponse)
    return response
