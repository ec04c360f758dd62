"""Wordings of the guide's texts: what they must keep of the text that comes with the site, and how they are filled in.

Places such as `%(countries)s` are where a page puts names and figures. Texts are plain: pages show a `<` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

CONTEXT: Final = "guide_text.text"
"""Where translations of staff's wordings stand."""
_PLACE: Final = re.compile(r"%\((\w+)\)s")
_LOST_PLACE: Final = re.compile(r"%\s*\(|\{\{|\}\}")
_MARKUP: Final = re.compile(r"</?[a-zA-Z!][^>]*>?|&#?\w+;")


def places(text: str) -> list[str]:
    """Names of the places of a text, each once, in their order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in. Unlike Python's `%` it leaves every other percent sign alone."""
    return _PLACE.sub(lambda place: values[place[1]], text)


def is_sound(english: str, text: str) -> bool:
    """Whether a page can show the wording in place of its text."""
    return (
        bool(text.strip())
        and set(places(english)) == set(places(text))
        and not _LOST_PLACE.search(_PLACE.sub("", text))
        and not _MARKUP.search(text)
    )


def fault(english: str, text: str) -> str:
    """What is wrong with a wording, as a sentence; empty where a page can show it."""
    if is_sound(english, text) or not text.strip():
        return ""
    missing = [name for name in places(english) if name not in places(text)]
    if missing:
        said = _("Keep %(place)s in the text: the page puts a name or a figure there.")
        return said % {"place": _shown(missing[0])}
    unknown = [name for name in places(text) if name not in places(english)]
    if unknown:
        said = _("Leave %(place)s out: the page has nothing to put there.")
        return said % {"place": _shown(unknown[0])}
    markup = _MARKUP.search(text)
    if markup:
        said = _("Leave %(part)s out: the text is shown as it is written, without HTML.")
        return said % {"part": markup[0][:40]}
    return _("A place in the text is broken. Write it exactly as in the text that comes with the site.")


def _shown(name: str) -> str:
    return f"%({name})s"
