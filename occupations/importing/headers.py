"""Columns by name: which are there, which are missing, which are unknown and what they may have been."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing.files import Sheet
from occupations.importing.problems import Flaws

NONE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, and the names of those that are not known."""

    index: dict[str, int]
    unknown: tuple[str, ...]


def plain(name: str) -> str:
    """A column's name without differences that only typing makes: kinds of apostrophes, spaces."""
    return re.sub(r"\s+", " ", name.replace("’", "'").replace("\u00a0", " ")).strip()


def match(
    sheet: Sheet, required: Sequence[str], optional: Iterable[str], also: re.Pattern[str] = NONE
) -> Columns:
    """Find the columns. `also` is a pattern of further optional names.

    Raises FileRefused when one that is required is missing or a name stands twice.
    """
    flaws = Flaws(sheet.file.name)
    names = [plain(name) for name in sheet.header]
    known = [*map(plain, required), *map(plain, optional), *filter(also.fullmatch, names)]
    for name, times in Counter(names).items():
        if name and times > 1:
            flaws.add(_("The column stands %(times)s times.") % {"times": times}, 1, name)
    unknown = tuple(name for name in names if name and name not in known)
    missing = [name for name in map(plain, required) if name not in names]
    for name in missing:
        flaws.add(_("The column “%(name)s” is missing.") % {"name": name}, 1)
    if missing:
        for name in unknown:
            flaws.add(_unknown(name, missing + [each for each in known if each not in names]), 1, name)
    flaws.stop()
    return Columns({name: at for at, name in enumerate(names) if name in known}, unknown)


def _unknown(name: str, known: list[str]) -> str:
    nearest = nearest_of(name, known)
    if nearest is None:
        return _("The column “%(name)s” is not known.") % {"name": name}
    return _("The column “%(name)s” is not known; the nearest known one is “%(nearest)s”.") % {
        "name": name,
        "nearest": nearest,
    }


def nearest_of(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, if any is like it at all."""
    by_small_letters = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_small_letters, n=1, cutoff=0.5)
    return by_small_letters[found[0]] if found else None
