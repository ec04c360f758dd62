"""Reads the pages of the guide: asked as a browser would, parsed as HTML."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

PAGES = (
    "/guide/permit/",
    "/guide/who-qualifies/",
    "/guide/application/",
    "/guide/family/",
    "/guide/afterwards/",
    "/guide/mistakes/",
)


def ask(path: str, **headers: str) -> Any:
    return Client(raise_request_exception=True).get(path, headers=headers)


def read(path: str) -> Element:
    response = ask(path)
    assert response.status_code == 200, path
    parsed: Element = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return parsed


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def one(page: Element, name: str, **attributes: str) -> Element:
    """The single element of that name with those attributes."""
    (found,) = (
        each for each in page.iter(name) if all(each.get(key) == value for key, value in attributes.items())
    )
    return found


def article(path: str) -> str:
    """The words of a page of the guide, without its frame."""
    return words(one(read(path), "article"))
