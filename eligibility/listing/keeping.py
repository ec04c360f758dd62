"""What has been worked out of an edition once is kept while the edition is: crawlers read every page."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.urls import get_script_prefix

from occupations.rulebook import Edition, Reference, Rulebook

KEPT_EDITIONS = 8

Value = TypeVar("Value")
_kept: dict[tuple[int, int], tuple[Edition, Reference, dict[Hashable, object]]] = {}


def kept(rulebook: Rulebook, name: Hashable, make: Callable[[], Value]) -> Value:
    """What `make` gives for the rulebook's edition and reference tables, made once.

    `name` holds everything else that the value depends on; the day must not be among it.
    """
    key = (id(rulebook.edition), id(rulebook.reference))
    found = _kept.get(key)
    if found is None or found[0] is not rulebook.edition or found[1] is not rulebook.reference:
        if len(_kept) >= KEPT_EDITIONS:
            _kept.clear()
        found = _kept[key] = (rulebook.edition, rulebook.reference, {})
    values = found[2]
    name = (name, get_script_prefix())  # Values hold addresses, which a mount changes.
    if name not in values:
        values[name] = make()
    return cast(Value, values[name])
