"""`python -m scripts.messages`: what goes into which catalogue, and each fault that the check finds."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation

from cptpp_site.staff.models import STAFF_LANGUAGES
from eligibility import formatting
from scripts import messages
from scripts.message_faults import faults_of_catalogue

PLURALS = messages.PLURALS["fr"]
DAYS = ("%(n)s day", "%(n)s days")


def template(*ids: str | tuple[str, str]) -> Catalog:
    catalog = Catalog()
    for each in ids:
        catalog.add(each)
    return catalog


def translated(**texts: str | tuple[str, ...]) -> Catalog:
    """A French catalogue: English with underscores for blanks -> translation."""
    catalog = Catalog(locale="fr")
    for english, text in texts.items():
        catalog.add(english.replace("_", " "), text)
    return catalog


def faults(said: Catalog, catalog: Catalog, mo: bytes | None = None) -> list[str]:
    compiled = messages.compiled(copy_of(catalog)) if mo is None else mo
    return list(faults_of_catalogue(said, catalog, compiled, PLURALS))


def copy_of(catalog: Catalog) -> Catalog:
    copy = Catalog(locale="fr")
    for message in catalog:
        if message.id:
            copy.add(message.id, message.string, flags=message.flags, context=message.context)
    return copy


def test_a_whole_catalogue_has_no_fault() -> None:
    said = template("Good day", DAYS)
    catalog = translated(Good_day="Bonjour")
    catalog.add(DAYS, ("%(n)s jour", "%(n)s jours"))
    assert faults(said, catalog) == []


@pytest.mark.parametrize(
    ("said", "catalog", "fault"),
    [
        (template("Good day"), translated(), "'Good day' is not in the catalogue."),
        (template(), translated(Good_day="Bonjour"), "'Good day' is in no file any more."),
        (template("Good day"), translated(Good_day=""), "'Good day' is not translated."),
        (template("%(n)s is it"), translated(**{"%(n)s_is_it": "C'est ça"}), "other placeholders or tags"),
        (template("a {b}"), translated(**{"a_{b}": "un {c}"}), "other placeholders or tags"),
        (template("<b>x</b>"), translated(**{"<b>x</b>": "<i>x</i>"}), "other placeholders or tags"),
        (template("in %(country)s"), translated(**{"in_%(country)s": "à %(city_of)s"}), "other placeholders"),
        (template("Day. "), translated(**{"Day._": "Jour."}), "other white space"),
    ],
)
def test_each_fault_is_named(said: Catalog, catalog: Catalog, fault: str) -> None:
    found = faults(said, catalog)
    assert any(fault in each for each in found), found


def test_another_form_of_a_country_s_name_is_no_fault() -> None:
    said = template("in %(home_country)s")
    assert faults(said, translated(**{"in_%(home\x00country)s".replace("\x00", "_"): "x"}))
    catalog = Catalog(locale="fr")
    catalog.add("in %(home_country)s", "%(home_country_in)s")
    assert faults(said, catalog) == []


def test_a_doubtful_translation_and_a_missing_form_are_faults() -> None:
    doubtful = Catalog(locale="fr")
    doubtful.add("Good day", "Bonjour", flags=["fuzzy"])
    assert any("is fuzzy" in each for each in faults(template("Good day"), doubtful))
    short = Catalog(locale="fr")
    short.add(DAYS, ("%(n)s jour",))
    assert any("has 1 forms where the language has 2" in each for each in faults(template(DAYS), short))


def test_a_compiled_file_that_differs_or_is_missing_is_a_fault() -> None:
    said, catalog = template("Good day"), translated(Good_day="Bonjour")
    other = messages.compiled(translated(Good_day="Bonsoir"))
    assert faults(said, catalog, other) == ["'Good day' differs in the .mo."]
    assert faults(said, catalog, b"") == ["the .mo is missing."]
    more = messages.compiled(translated(Good_day="Bonjour", Bye="Salut"))
    assert faults(said, catalog, more) == ["'Bye' stands only in the .mo."]


def test_what_only_staff_see_has_a_tree_of_its_own() -> None:
    assert messages.is_for_staff("occupations/admin/base.py")
    assert messages.is_for_staff("templates/admin/login.html")
    assert not messages.is_for_staff("eligibility/forms/offer.py")
    assert not messages.is_for_staff("eligibility/models/feedback.py"), "Visitors read its choices."
    found = messages.templates()
    visitors = {message.id for message in found[messages.VISITORS]}
    staff = {message.id for message in found[messages.STAFF]} - {""}
    assert {"Start the check", "Partly"} <= visitors
    assert "periods in force" in staff
    assert not (visitors & staff)


def test_every_language_has_its_catalogue() -> None:
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    assert list(messages.VISITORS.languages) == others == list(messages.PLURALS)
    assert list(messages.STAFF.languages) == [code for code, _name in STAFF_LANGUAGES if code != "en"]
    for code in others:
        assert messages.VISITORS.po(code).exists()


@pytest.mark.parametrize(
    ("language", "one", "several"), [("es", "1 mes", "4 meses"), ("ja", "1か月", "4か月")]
)
def test_django_reads_the_plurals(language: str, one: str, several: str) -> None:
    with translation.override(language):
        assert formatting.months(1, language) == one
        assert formatting.months(4, language) == several
