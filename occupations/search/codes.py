"""Queries that are codes: NOC 2021, its first digits, and the four digits of NOC 2016."""

from __future__ import annotations

import re
from collections.abc import Iterator

from occupations.rulebook import DEFAULT_LANGUAGE, Reference, text_in
from occupations.search.index import MatchKind, Title

_CODE = re.compile(r"(?:noc|cnp)?[\s:#.-]*(?:(2016|2021)[\s:#.-]+)?([0-9]{2,5})")
_CODE_AMONG_WORDS = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")


def is_code(folded: str) -> bool:
    """Whether the whole query is a code, known or not."""
    return _CODE.fullmatch(folded.strip()) is not None


def code_titles(reference: Reference, folded: str) -> list[Title]:
    """Unit groups a query names by code, best first; empty where it names none.

    A whole query that is a code may be unfinished or a NOC 2016 code; among words only five digits count.
    """
    whole = _CODE.fullmatch(folded.strip())
    if whole is None:
        named = (code for code in _CODE_AMONG_WORDS.findall(folded) if code in reference.unit_groups)
        return [_by_code(reference, code) for code in dict.fromkeys(named)]
    version, digits = whole[1], whole[2]
    found: dict[str, Title] = {}
    if version != "2021":
        for title in _by_former_code(reference, digits):
            found.setdefault(title.noc, title)
    if version != "2016":
        for code in sorted(reference.unit_groups):
            if code.startswith(digits):
                found.setdefault(code, _by_code(reference, code))
    return list(found.values())


def _by_code(reference: Reference, code: str) -> Title:
    title = text_in(reference.unit_groups[code].title, DEFAULT_LANGUAGE)
    return Title(title, code, DEFAULT_LANGUAGE, MatchKind.CODE)


def _by_former_code(reference: Reference, digits: str) -> Iterator[Title]:
    """The unit groups that took over from a NOC 2016 code, under its old title."""
    for code in reference.concordance.get(digits, ()):
        if code in reference.unit_groups:
            title = reference.noc2016_titles.get(digits, digits)
            yield Title(title, code, DEFAULT_LANGUAGE, MatchKind.FORMER_CODE)
