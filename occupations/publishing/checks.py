"""The checks on an edition that need nothing but its own tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from occupations import contradictions
from occupations.contradictions import Line
from occupations.loading.layout import CRITERIA
from occupations.models import (
    Citation,
    Condition,
    Country,
    CriterionFacts,
    Edition,
    OccupationRule,
    Requirement,
    Translation,
    UncodedEntry,
)
from occupations.models.choices import Category, State
from occupations.publishing.checklist import Check, Problem, register
from occupations.publishing.states import missing_tables
from occupations.rulebook import DEFAULT_LANGUAGE

TEXTS_OF_CONDITIONS = (("condition.question", "question"), ("condition.help", "help"))
OTHER_TEXTS = (
    ("condition.question", Condition, "question"),
    ("condition.help", Condition, "help"),
    ("country.note", Country, "note"),
    ("occupation_rule.list_entry", OccupationRule, "list_entry"),
    ("occupation_rule.note", OccupationRule, "note"),
    ("occupation_rule.education_note", OccupationRule, "education_note"),
    ("uncoded_entry.list_entry", UncodedEntry, "list_entry"),
    ("uncoded_entry.note", UncodedEntry, "note"),
)
"""Texts that a visitor reads in English where no translation exists."""
ROWS_WITH_FACTS = (Country, Requirement, OccupationRule, UncodedEntry, CriterionFacts)


def _lines(edition: Edition) -> list[Line]:
    rows = OccupationRule.objects.filter(edition=edition).select_related("unit_group")
    return [contradictions.line_of(row) for row in rows]


def _rule_page(line: Line) -> str:
    return reverse("admin:occupations_occupationrule_change", args=[line.pk])


def _list_page(screen: str, edition: Edition) -> str:
    return reverse(f"admin:occupations_{screen}_changelist", query={"edition__slug__exact": edition.pk})


def _named(line: Line) -> dict[str, str]:
    return {
        "country": line.country,
        "category": str(Category(line.category).label),
        "which": line.code or _("TEER %(teers)s") % {"teers": ", ".join(map(str, sorted(line.teers)))},
        "entry": line.list_entry,
    }


def complete(edition: Edition) -> Iterator[Problem]:
    """Tables without a row, and criteria that rest on no fact."""
    page = reverse("admin:occupations_edition_change", args=[edition.pk])
    for name in missing_tables(edition):
        yield Problem(_("The edition has no %(missing)s.") % {"missing": name}, page)
    there = set(CriterionFacts.objects.filter(edition=edition).values_list("criterion", flat=True))
    for criterion in CRITERIA:
        if criterion not in there:
            yield Problem(
                _("The criterion %(criterion)s rests on no fact.") % {"criterion": criterion},
                _list_page("criterionfacts", edition),
            )


def contradicting_lines(edition: Edition) -> Iterator[Problem]:
    """An inclusion that an exclusion makes void."""
    for included, excluded in contradictions.contradictions(_lines(edition)):
        said = _(
            "%(country)s, %(category)s: “%(entry)s” includes %(which)s, and “%(excluded)s” excludes it in "
            "every such case. Remove one of the two lines, or give the exclusion a condition."
        )
        yield Problem(
            said % {**_named(included), "excluded": excluded.list_entry},
            _rule_page(excluded),
        )


def teers_of_categories(edition: Edition) -> Iterator[Problem]:
    """A code whose TEER is not in the category of its line (C-3)."""
    teers = contradictions.teers_of(Requirement.objects.filter(edition=edition))
    for line in contradictions.outside_category(_lines(edition), teers):
        said = _(
            "%(country)s, %(category)s: %(which)s (“%(entry)s”) is not of a TEER of this category. "
            "Move the line to the other category, or correct its code."
        )
        yield Problem(said % _named(line), _rule_page(line))


def conditions_in_use(edition: Edition) -> Iterator[Problem]:
    """Conditions that a line names and the edition lacks, and those that no line names."""
    lines = _lines(edition)
    pages = dict(Condition.objects.filter(edition=edition).values_list("slug", "pk"))
    for line, slug in contradictions.unknown_conditions(lines, pages):
        said = _("%(country)s, %(category)s: “%(entry)s” names the condition %(slug)s, which is missing.")
        yield Problem(said % {**_named(line), "slug": slug}, _rule_page(line))
    for slug in contradictions.unused_conditions(lines, pages):
        yield Problem(
            _("No line names the condition %(slug)s, so nobody is asked. Name it in a line or remove it.")
            % {"slug": slug},
            reverse("admin:occupations_condition_change", args=[pages[slug]]),
        )


def _languages() -> list[tuple[str, str]]:
    """Codes and names of the site's languages but English."""
    codes = [code for code, _name in settings.LANGUAGES if code != DEFAULT_LANGUAGE]
    return [(code, str(_(get_language_info(code)["name"]))) for code in codes]


def _translated(context: str) -> set[tuple[str, str]]:
    rows = Translation.objects.filter(context=context)
    return {(english, language) for english, language in rows.values_list("english", "language")}


def _add_translation(context: str, english: str, language: str) -> str:
    given = {"context": context, "english": english, "language": language}
    return reverse("admin:occupations_translation_add", query=given)


def new_texts_of_conditions(edition: Edition) -> Iterator[Problem]:
    """Questions and help that no published edition has yet, in every language of the site."""
    public = Condition.objects.filter(edition__state=State.PUBLISHED)
    for context, field in TEXTS_OF_CONDITIONS:
        there, known = _translated(context), set(public.values_list(field, flat=True))
        for condition in Condition.objects.filter(edition=edition):
            english = getattr(condition, field)
            missing = [each for each in _languages() if (english, each[0]) not in there]
            if english and english not in known and missing:
                said = _("The new condition %(slug)s has no text in %(languages)s: “%(text)s”")
                languages = ", ".join(name for _code, name in missing)
                yield Problem(
                    said % {"slug": condition.slug, "languages": languages, "text": english},
                    _add_translation(context, english, missing[0][0]),
                )


def other_texts(edition: Edition) -> Iterator[Problem]:
    """How many texts of the edition a visitor of another language would read in English."""
    for code, language in _languages():
        missing = set()
        for context, model, field in OTHER_TEXTS:
            there = _translated(context)
            texts = model._default_manager.filter(edition=edition).values_list(field, flat=True)
            missing |= {(context, text) for text in texts if text and (text, code) not in there}
        if missing:
            context, text = min(missing)
            said = ngettext(
                "%(n)s text has no wording in %(language)s yet: “%(text)s”",
                "%(n)s texts have no wording in %(language)s yet, such as “%(text)s”",
                len(missing),
            )
            yield Problem(
                said % {"n": len(missing), "language": language, "text": text},
                _add_translation(context, text, code),
            )


def cited_facts(edition: Edition) -> Iterator[Problem]:
    """Facts that rows rest on and for which the edition names no source."""
    cited = set(Citation.objects.filter(edition=edition).values_list("fact", flat=True))
    named: set[str] = set()
    for model in ROWS_WITH_FACTS:
        for facts in model._default_manager.filter(edition=edition).values_list("fact_ids", flat=True):
            named.update(facts)
    for fact in sorted(named - cited):
        yield Problem(
            _("Rows rest on the fact %(fact)s, for which the edition cites no source.") % {"fact": fact},
            reverse("admin:occupations_citation_add", query={"edition": edition.pk, "fact": fact}),
        )


def register_all() -> None:
    """Called once, when the app is ready."""
    for check in (
        Check("complete", gettext_lazy("Every table has its rows"), complete),
        Check("contradictions", gettext_lazy("No line contradicts another"), contradicting_lines),
        Check("teers", gettext_lazy("Every code is of a TEER of its category"), teers_of_categories),
        Check("conditions", gettext_lazy("Every condition stands and is used"), conditions_in_use),
        Check(
            "condition-texts",
            gettext_lazy("New conditions have their texts in every language"),
            new_texts_of_conditions,
        ),
        Check("citations", gettext_lazy("Every fact has a source"), cited_facts),
        Check(
            "other-texts",
            gettext_lazy("Visitors read every text in their language"),
            other_texts,
            blocks=False,
        ),
    ):
        register(check)
