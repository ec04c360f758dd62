"""Texts of the tables in the languages of the site: beside each object, and what is missing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from occupations import texts
from occupations.loading.layout import TRANSLATED
from occupations.models import Condition, Difference, Edition, Translation, UnitGroup
from tests.occupations.admin.forms import changed, form_of, send
from tests.occupations.database import ARTICLE, OFFICIAL, draft_with_rules
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]


@pytest.fixture(autouse=True)
def _nothing_is_translated(db: None) -> None:
    Translation.objects.all().delete()


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


@pytest.fixture
def condition(db: None) -> Condition:
    return Condition.objects.filter(edition=OFFICIAL).earliest("position")


def page_of(obj: object) -> str:
    return reverse(f"admin:occupations_{obj._meta.model_name}_change", args=[obj.pk])  # type: ignore[attr-defined]


def name_of(body: dict[str, list[str]], place: int, language: str) -> str:
    """The field of the n-th text in a language."""
    return [name for name in body if name.startswith("text-") and name.endswith(f"-{language}")][place]


def block(client: Client, obj: object) -> dict[str, list[str]]:
    return form_of(client.get(page_of(obj)), "texts_form")


def save(client: Client, obj: object, body: dict[str, list[str]]) -> str:
    address = reverse("admin:occupations_translation_of", args=[obj._meta.model_name, obj.pk])  # type: ignore[attr-defined]
    return client.post(address, body, follow=True).content.decode()


def test_every_context_has_its_table_and_column() -> None:
    for context in TRANSLATED:
        model, column = texts.place_of(context)
        assert model._meta.get_field(column), context


def test_a_published_condition_shows_its_texts_in_every_language_and_takes_a_translation(
    staff: Client, condition: Condition
) -> None:
    body = block(staff, condition)
    assert len([name for name in body if name.startswith("text-")]) == len(OTHERS) * (
        2 if condition.help else 1
    )
    assert (
        f"{len(OTHERS) * (2 if condition.help else 1)} texts are missing"
        in staff.get(page_of(condition)).content.decode()
    )
    said = save(staff, condition, changed(body, {name_of(body, 0, "fr"): "  Est-ce oui ?\r\n"}))
    assert "1 translation is saved." in said
    found = Translation.objects.get()
    assert (found.context, found.english, found.language, found.text) == (
        "condition.question",
        condition.question,
        "fr",
        "Est-ce oui ?",
    )
    body = block(staff, condition)
    assert body[name_of(body, 0, "fr")] == ["Est-ce oui ?"]
    save(staff, condition, changed(body, {name_of(body, 0, "fr"): ""}))
    assert not Translation.objects.exists()


def test_what_somebody_else_translated_meanwhile_is_not_overwritten(
    staff: Client, condition: Condition
) -> None:
    mine = block(staff, condition)
    field = name_of(mine, 0, "fr")
    Translation.objects.create(
        context="condition.question", english=condition.question, language="fr", text="La leur ?"
    )
    said = save(staff, condition, changed(mine, {field: "La mienne ?"}))
    assert "Somebody changed this while you had it open" in said
    assert "La leur ?" in said
    assert Translation.objects.get().text == "La leur ?"
    address = reverse("admin:occupations_translation_of", args=["condition", condition.pk])
    again = form_of(staff.post(address, changed(mine, {field: "La mienne ?"})), "texts_form")
    assert again[field] == ["La mienne ?"]
    save(staff, condition, again)
    assert Translation.objects.get().text == "La mienne ?"


def test_a_translation_for_english_words_that_are_gone_is_explained(staff: Client) -> None:
    draft_with_rules()
    row = Condition.objects.filter(edition="trial-2027").earliest("position")
    body = block(staff, row)
    row.question = "Something else?"
    row.save()
    said = save(staff, row, changed(body, {name_of(body, 0, "fr"): "Oui ?"}))
    assert "It has been changed; translate the new one." in said
    assert not Translation.objects.exists()


def test_changed_english_words_tell_which_translations_they_lose(staff: Client) -> None:
    draft_with_rules()
    row = Condition.objects.filter(edition="trial-2027").earliest("position")
    Translation.objects.create(
        context="condition.question", english=row.question, language="fr", text="Oui ?"
    )
    same = send(staff, page_of(row), {"help": "Another help."}).content.decode()
    assert "no longer applies here" not in same
    said = send(staff, page_of(row), {"question": "Is it new?"}).content.decode()
    assert "its translation no longer applies here: Français." in said


def test_a_difference_shows_what_each_edition_says(staff: Client) -> None:
    page = staff.get(page_of(Difference.objects.get(pk="D-01"))).content.decode()
    assert f"Says ({ARTICLE})" in page
    assert "The instructions also cover Chile, Peru, Malaysia and Brunei." in page


def test_an_object_without_a_text_has_no_block(staff: Client) -> None:
    fact = reverse("admin:occupations_fact_change", args=["F-01"])
    assert "texts_form" not in staff.get(fact).content.decode()


def test_official_french_titles_are_not_asked_for(staff: Client) -> None:
    body = block(staff, UnitGroup.objects.get(code="21231"))
    assert {name[-2:] for name in body if name.startswith("text-")} == set(OTHERS) - {"fr"}
    assert not [each for each in texts.missing()["fr"] if each.context == "unit_group.title"]


def test_missing_texts_are_counted_and_follow_translations_and_drafts(condition: Condition) -> None:
    before = texts.missing()
    assert set(before) == set(OTHERS)
    Translation.objects.create(
        context="condition.question", english=condition.question, language="fr", text="Oui ?"
    )
    after = texts.missing()
    assert len(after["fr"]) == len(before["fr"]) - 1
    assert after["es"] == before["es"]
    draft = draft_with_rules()
    assert texts.missing() == after  # The copy says the same.
    Condition.objects.filter(edition=draft).update(question="Is it new?")
    assert texts.Missing("condition.question", "Is it new?") in texts.missing()["fr"]
    assert texts.Missing("condition.question", "Is it new?") in texts.missing(draft)["fr"]
    assert (
        texts.Missing("condition.question", "Is it new?")
        not in texts.missing(Edition.objects.get(pk=OFFICIAL))["fr"]
    )


def test_missing_texts_are_filled_in_on_their_page(staff: Client) -> None:
    address = f"{reverse('admin:occupations_translation_missing')}?language=es&context=condition.question"
    page = staff.get(address)
    body = form_of(page, "missing_form")
    fields = [name for name in body if name.startswith("text-")]
    assert staff.post(address, changed(body, {fields[0]: "¿Sí?"})).status_code == 302
    assert Translation.objects.get().text == "¿Sí?"
    said = staff.post(address, changed(body, {fields[0]: "¿No?"}), follow=True).content.decode()
    assert "1 text was translated by somebody else meanwhile; theirs stays." in said
    assert Translation.objects.get().text == "¿Sí?"


@pytest.mark.parametrize(
    "query", ["", "?language=xx", "?language=fr&context=none&p=abc", "?p=99999", "?language=%00&context=%00"]
)
def test_the_page_of_missing_texts_opens_whatever_is_asked(staff: Client, query: str) -> None:
    assert staff.get(reverse("admin:occupations_translation_missing") + query).status_code == 200


@pytest.mark.parametrize(
    ("model", "key"),
    [("condition", "0"), ("condition", "x"), ("user", "1"), ("edition", "%00"), ("fact", "F-01")],
)
def test_texts_of_nothing_are_a_page_that_is_not_there(staff: Client, model: str, key: str) -> None:
    assert staff.get(f"/admin/occupations/translation/of/{model}/{key}/").status_code == 404


def test_an_auditor_reads_the_texts_and_changes_none(condition: Condition) -> None:
    client = signed_in(person(groups=["auditor"]))
    body = block(client, condition)
    assert "Save the translations" not in client.get(page_of(condition)).content.decode()
    address = reverse("admin:occupations_translation_of", args=["condition", condition.pk])
    assert client.post(address, changed(body, {name_of(body, 0, "fr"): "Oui ?"})).status_code == 403
    missing = reverse("admin:occupations_translation_missing")
    assert client.get(missing).status_code == 200
    assert client.post(missing, {}).status_code == 403
    assert not Translation.objects.exists()
