"""Reads a page of the lists as a browser would, strictly: markup that is not valid fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

from occupations import snapshots

Page = Element


def get(path: str, client: Client | None = None) -> Page:
    """The page at `path`, which must answer 200."""
    response = (client or Client()).get(path)
    assert response.status_code == 200, f"{path} answers {response.status_code}."
    return parse(response.content.decode())


_read: dict[tuple[str, str], Page] = {}


def read(path: str) -> Page:
    """The page at `path` under the edition in force, parsed once however many tests read it; do not change it."""
    key = (snapshots.rulebook().edition.slug, path)
    if key not in _read:
        _read[key] = get(path)
    return _read[key]


def parse(html: str) -> Page:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Page = parser.parse(html)
    return page


def text_of(element: Element) -> str:
    """The words of an element, blanks as one."""
    return " ".join("".join(element.itertext()).split())


def having(page: Page, attribute: str) -> Iterator[Element]:
    """Elements with the attribute, in the order of the page."""
    return (element for element in page.iter() if attribute in element.attrib)
