"""Texts of the tables in the languages of the site: what an object says, and what is not translated.

Texts of pages (the questions, the explanations) do not stand in tables; they are translated in the catalogues under
`locale/`. So are the guide's, but for those that staff have put into other words (`GuideText`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from occupations.building import OFFICIAL_IN_FRENCH
from occupations.loading.layout import TRANSLATED
from occupations.models import Difference, DifferenceText, Edition, GuideText, Translation
from occupations.models.choices import State
from occupations.models.editions import EditionRow
from occupations.rulebook import DEFAULT_LANGUAGE

ELSEWHERE = {
    "difference.says": ("differencetext", "says"),
    "unit_group.title": ("unitgroup", "title_en"),
    "region.name": ("region", "name_en"),
}
"""Contexts whose table or column has another name."""


@dataclass(frozen=True, slots=True)
class Text:
    """An English text of an object; with `context` it is what its translations are found by."""

    context: str
    english: str
    label: str


@dataclass(frozen=True, slots=True)
class Missing:
    context: str
    english: str


def languages() -> dict[str, str]:
    """Code -> name of every language of the site but English."""
    return {code: str(name) for code, name in settings.LANGUAGES if code != DEFAULT_LANGUAGE}


PLACES: Mapping[str, tuple[str, str]] = {
    context: ELSEWHERE.get(context, (context.partition(".")[0].replace("_", ""), context.partition(".")[2]))
    for context in TRANSLATED
}
"""Context -> model name and column."""


def place_of(context: str) -> tuple[type[models.Model], str]:
    """The table and the column of a context."""
    name, column = PLACES[context]
    return apps.get_model("occupations", name), column


def texts_on(obj: models.Model) -> list[Text]:
    """The texts that are translated on an object's page: each wording once, empty ones left out."""
    found = list(_own_texts(obj))
    if isinstance(obj, Difference):
        for says in DifferenceText.objects.filter(difference=obj).order_by("edition"):
            found += [
                Text(text.context, text.english, f"{text.label} ({says.edition_id})")
                for text in _own_texts(says)
            ]
    return list({(text.context, text.english): text for text in reversed(found)}.values())[::-1]


def _own_texts(obj: models.Model) -> Iterator[Text]:
    for context, (name, column) in PLACES.items():
        if name == obj._meta.model_name and getattr(obj, column):
            field: Any = obj._meta.get_field(column)
            yield Text(context, getattr(obj, column), str(field.verbose_name))


def is_needed(context: str, language: str) -> bool:
    """Whether `translations` are where a language gets this text from: some French is official and in its table."""
    return not (language == "fr" and context in OFFICIAL_IN_FRENCH)


def translations_of(texts: Iterable[Text]) -> dict[tuple[str, str], dict[str, str]]:
    """(context, English) -> language -> translation."""
    wanted = {(text.context, text.english) for text in texts}
    found: dict[tuple[str, str], dict[str, str]] = {key: {} for key in wanted}
    rows = Translation.objects.filter(english__in=[english for _, english in wanted])
    for context, english, language, text in rows.values_list("context", "english", "language", "text"):
        if (context, english) in found:
            found[context, english][language] = text
    return found


def missing(edition: Edition | None = None) -> dict[str, list[Missing]]:
    """Language -> what it lacks of one edition's own texts; without an edition, of everything that is used.

    Drafts count, withdrawn editions do not. Two queries.
    """
    used = sorted(_used(edition))
    known = set(Translation.objects.values_list("context", "english", "language"))
    return {
        language: [
            Missing(context, english)
            for context, english in used
            if (context, english, language) not in known and is_needed(context, language)
        ]
        for language in languages()
    }


def _used(edition: Edition | None) -> set[tuple[str, str]]:
    parts = [rows for context in TRANSLATED for rows in _rows(context, edition)]
    first, *others = parts
    return {(context, english) for context, english in first.union(*others)}


def _rows(context: str, edition: Edition | None) -> Iterator[QuerySet[Any, Any]]:
    model, column = place_of(context)
    rows = model._base_manager.order_by()
    of_edition = issubclass(model, EditionRow) or model is DifferenceText
    if edition is not None:
        if model is Edition:
            rows = rows.filter(pk=edition.pk)
        elif of_edition:
            rows = rows.filter(edition=edition)
        else:
            return
    elif model is Edition:
        rows = rows.exclude(state=State.WITHDRAWN)
    elif of_edition:
        rows = rows.exclude(edition__state=State.WITHDRAWN)
    if any(field.name == "hidden" for field in model._meta.concrete_fields):
        rows = rows.filter(hidden=False)
    if model._meta.model_name == "unitgroup":
        rows = rows.filter(classification__is_current=True)
    if model is GuideText:
        # Where the English is the site's own, so are the translations, unless staff put one into other words.
        rows = rows.exclude(text=F("english"))
    yield (
        rows.exclude(Q(**{column: ""}))
        .annotate(its_context=Value(context, output_field=TextField()), its_text=Cast(F(column), TextField()))
        .values_list("its_context", "its_text")
    )


def example_of(context: str, english: str) -> models.Model | None:
    """An object that says it: of a draft before others, since that is where it is being written."""
    model, column = place_of(context)
    rows = model._base_manager.filter(**{column: english})
    if issubclass(model, EditionRow):
        rows = rows.order_by(models.Case(models.When(edition__state=State.DRAFT, then=0), default=1), "pk")
    found = rows.first()
    return found.difference if isinstance(found, DifferenceText) else found
