"""What must be in order before an edition is approved or published.

Other packages add lines of their own: `checklist.register(...)` in their `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations.models import Edition
from occupations.publishing.refusals import Refused


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: a sentence, and the address of the page where it is mended ("" where there is none)."""

    text: str
    url: str = ""


Examine = Callable[[Edition], Iterable[Problem]]
"""What one check finds in an edition; nothing where all is well. It only reads."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. A check that does not block is shown and stops nobody."""

    slug: str
    title: str | Promise
    """What holds when all is well: "No line contradicts another"."""
    examine: Examine
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A check with what it has found."""

    slug: str
    title: str
    blocks: bool
    problems: Sequence[Problem]

    @property
    def is_well(self) -> bool:
        return not self.problems

    @property
    def stops(self) -> bool:
        return self.blocks and not self.is_well


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Add a line to the list, or replace the one with the same slug."""
    _checks[check.slug] = check


def registered() -> tuple[str, ...]:
    return tuple(_checks)


def lines(edition: Edition) -> list[Line]:
    """Every check made on the edition as it is now, in the order in which they were registered."""
    return [
        Line(check.slug, str(check.title), check.blocks, tuple(check.examine(edition)))
        for check in _checks.values()
    ]


def demand(edition: Edition) -> None:
    """Raises Refused, with the first things to mend, where a check stops the edition."""
    stopping = [line for line in lines(edition) if line.stops]
    if not stopping:
        return
    problems = [problem for line in stopping for problem in line.problems]
    said = [problem.text for problem in problems[:3]]
    if more := len(problems) - len(said):
        said.append(
            ngettext("The checklist names one more.", "The checklist names %(n)s more.", more) % {"n": more}
        )
    raise Refused(
        _("The edition %(edition)s is not in order yet. %(problems)s")
        % {"edition": edition.pk, "problems": " ".join(said)}
    )
