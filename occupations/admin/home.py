"""The staff's home page, and what other modules add to it and to the page of an object.

`panels`, `tools` and `account_links` are lists of functions; a module that has something to show appends its own
function when it is imported (a module of an app's `admin` package is imported at start-up).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Link:
    text: Text
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a panel tells: a text, where it leads, and what is to be said of it."""

    text: Text
    url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A box of the home page. `empty` is said where there are no lines; `links` lead on."""

    title: Text
    lines: Sequence[Line] = ()
    links: Sequence[Link] = ()
    empty: Text = ""
    needs_attention: bool = False


PanelOf = Callable[[HttpRequest], Panel | None]
ToolsOf = Callable[[HttpRequest, Model], Iterable[Link]]
LinkOf = Callable[[HttpRequest], Link | None]

panels: list[PanelOf] = []
"""Boxes of the home page in their order; None where the person may not see it."""
tools: list[ToolsOf] = []
"""Links beside the title of an object's page; each function sees every kind of object and gives none for most."""
account_links: list[LinkOf] = []
"""Links beside the name of the person who is signed in."""


def panels_for(request: HttpRequest) -> list[Panel]:
    return [panel for panel in (make(request) for make in panels) if panel is not None]


def tools_for(request: HttpRequest, obj: Model) -> list[Link]:
    return [link for make in tools for link in make(request, obj)]


def account_links_for(request: HttpRequest) -> list[Link]:
    return [link for link in (make(request) for make in account_links) if link is not None]
