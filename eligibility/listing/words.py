"""What stands in a list, in words: standings, conditions with the answer needed, notes, dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility import formatting
from eligibility.listing.positions import Standing
from occupations.rulebook import (
    Category,
    Edition,
    Effect,
    OccupationRule,
    RegulationKind,
    Source,
    Texts,
    text_in,
)

CATEGORIES: Final = {
    Category.PROFESSIONAL: gettext_lazy("Professionals"),
    Category.TECHNICIAN: gettext_lazy("Technicians"),
}
STANDINGS: Final = {
    Standing.INCLUDED: gettext_lazy("Included"),
    Standing.WITH_EXCEPTIONS: gettext_lazy("Included, with exceptions"),
    Standing.SOME_CASES: gettext_lazy("Only in some cases"),
    Standing.UNCLEAR: gettext_lazy("Unclear"),
    Standing.EXCLUDED: gettext_lazy("Excluded"),
    Standing.NOT_LISTED: gettext_lazy("Not on the list"),
    Standing.NO_LIST: gettext_lazy("No list"),
    Standing.OUTSIDE: gettext_lazy("In neither category"),
    Standing.NOT_COVERED: gettext_lazy("Country not covered"),
}
MARKS: Final = {
    Standing.INCLUDED: "pass",
    Standing.WITH_EXCEPTIONS: "pass",
    Standing.SOME_CASES: "unknown",
    Standing.UNCLEAR: "unknown",
    Standing.EXCLUDED: "fail",
    Standing.NOT_LISTED: "fail",
    Standing.NO_LIST: "fail",
    Standing.OUTSIDE: "fail",
    Standing.NOT_COVERED: "fail",
}
"""The mark that stands beside the words: that of an outcome."""
REGULATIONS: Final = {
    RegulationKind.LICENCE: gettext_lazy("A licence is needed"),
    RegulationKind.CERTIFICATE: gettext_lazy("A certificate is needed"),
    RegulationKind.COMPULSORY_TRADE: gettext_lazy("A trade certificate is compulsory"),
    RegulationKind.TITLE: gettext_lazy("Only a title or a part of the work is reserved"),
    RegulationKind.UPCOMING: gettext_lazy("Regulation is about to begin"),
    RegulationKind.VOLUNTARY: gettext_lazy("Certification is voluntary"),
    RegulationKind.NONE: gettext_lazy("Not regulated"),
}
_IDS = re.compile(r"\s*\([DFG]-\d+[a-z]?\)")
"""Ids of facts, gaps and differences in a note: they are for those who keep the tables."""
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def without_ids(texts: Texts, language: str) -> str:
    """A note without the ids of facts; empty where there is none."""
    return _IDS.sub("", text_in(texts, language)) if texts else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def full(text: str, language: str) -> str:
    """The text with its full stop."""
    stop = "。" if language == "ja" else "."
    return text if text.endswith((".", "。")) else f"{text}{stop}"


def teers(values: frozenset[int], language: str) -> str:
    """ "TEER 0 and 1"."""
    return _("TEER %(teers)s") % {
        "teers": formatting.all_of((str(each) for each in sorted(values)), language)
    }


def condition_sentence(rule: OccupationRule, edition: Edition, language: str) -> str:
    """The answers that a line needs to apply: `when` yes and `unless` no; empty without conditions."""
    needed = [(slug, answer) for slug, answer in ((rule.when, _("Yes")), (rule.unless, _("No"))) if slug]
    if not needed:
        return ""
    answers = formatting.sentences(
        (
            _("“%(question)s” %(answer)s.")
            % {"question": _question(slug, edition, language), "answer": answer}
            for slug, answer in needed
        ),
        language,
    )
    if rule.effect is Effect.INCLUDE:
        sentence = ngettext(
            "Included only with this answer: %(answers)s",
            "Included only with these answers: %(answers)s",
            len(needed),
        )
    else:
        sentence = ngettext(
            "Excluded only with this answer: %(answers)s",
            "Excluded only with these answers: %(answers)s",
            len(needed),
        )
    return sentence % {"answers": answers}


def _question(slug: str, edition: Edition, language: str) -> str:
    condition = edition.conditions.get(slug)
    return slug if condition is None else text_in(condition.question, language)


def doubt_sentence(rule: OccupationRule) -> str:
    """Says which side an uncertain line would fall on; empty for a certain one."""
    if rule.certain:
        return ""
    if rule.effect is Effect.INCLUDE:
        return _("The source may include it, but does not say so clearly.")
    return _("The source may exclude it, but does not say so clearly.")


def notes(rule: OccupationRule, language: str) -> str:
    """What else a line says: its note, and the education that it asks for in place of the usual."""
    parts = [capital(without_ids(rule.note, language))]
    if rule.min_education_years is not None:
        parts.append(
            _("Education for this occupation: at least %(years)s.")
            % {"years": formatting.years(rule.min_education_years, language)}
        )
    parts.append(capital(without_ids(rule.education_note, language)))
    return formatting.sentences((full(part, language) for part in parts if part), language)


def as_of(text: str, language: str) -> str:
    """The date of a regulation row, which may be a day, a month or a year; as written where it is neither."""
    try:
        return formatting.day(date.fromisoformat(text), language)
    except ValueError:
        found = _MONTH.fullmatch(text)
        if found is None or not 1 <= int(found[2]) <= 12:
            return text
        return formatting.month(date(int(found[1]), int(found[2]), 1), language)


def source_line(source: Source, language: str) -> dict[str, str]:
    """A document as `components/citations.html` shows it; the day it was read where it has no date."""
    shown = ""
    if source.dated:
        shown = formatting.day(source.dated, language)
    elif source.read_on:
        shown = _("read on %(date)s") % {"date": formatting.day(source.read_on, language)}
    return {"title": source.title, "publisher": source.publisher, "url": source.url, "date": shown}
