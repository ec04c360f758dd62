"""Unit groups whose official job titles are partly the same, such as two kinds of teacher."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from occupations import rulebook as rb

TITLES_IN_COMMON = 2
"""One title in common is chance; so many are a likeness."""
TOO_COMMON = 6
"""A title that stands in more unit groups says nothing about any."""
_CONTEXT = re.compile(r" - | \(")


def shared_titles(unit_groups: Mapping[str, rb.UnitGroup]) -> dict[str, tuple[str, ...]]:
    """NOC code -> codes that share job titles with it, most in common first.

    A title counts without its context ("chief statistician - government services") and from two words on.
    """
    groups_of: dict[str, set[str]] = defaultdict(set)
    for group in unit_groups.values():
        for title in group.job_titles.get(rb.DEFAULT_LANGUAGE, ()):
            base = _CONTEXT.split(title, maxsplit=1)[0].casefold().strip()
            if " " in base:
                groups_of[base].add(group.code)
    common: dict[str, Counter[str]] = defaultdict(Counter)
    for codes in groups_of.values():
        if 1 < len(codes) <= TOO_COMMON:
            for code in codes:
                common[code].update(codes - {code})
    return {
        code: tuple(
            other
            for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            if count >= TITLES_IN_COMMON
        )
        for code, counts in common.items()
    }
