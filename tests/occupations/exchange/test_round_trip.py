"""Every list goes out as a spreadsheet and comes in again with nothing changed."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from occupations.exchange import plan, sheets
from occupations.exchange.export import exported
from occupations.exchange.lists import EDITED, LOOKED_UP, is_known
from occupations.importing.files import SourceFile
from occupations.models import GuideText, OccupationRule, OtherDoor, Translation
from tests.occupations.database import revision

pytestmark = pytest.mark.django_db
NOT_LISTS = {
    "change",
    "datarevision",
    "draftstart",
    "editionauthor",
    "editionreview",
    "loadedfile",
    "upload",
    "uploadedfile",
}
FORMS = (sheets.XLSX, sheets.CSV)


def named(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


def test_every_table_is_a_list_or_known_to_be_none() -> None:
    missing = {
        named(model) for model in apps.get_app_config("occupations").get_models() if not is_known(model)
    }
    assert missing == NOT_LISTS


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("model", EDITED, ids=named)
def test_what_was_exported_changes_nothing_when_it_is_imported(model: type[models.Model], form: str) -> None:
    if model is Translation:
        Translation.objects.create(context="condition.help", english="=1+1", language="ja", text="カナダ\n-")
    if model is GuideText:
        GuideText.objects.create(english="From %(countries)s", text="=%(countries)s")
    rows = model._default_manager.all()
    assert rows.exists()
    before = revision()
    file = SourceFile(f"list.{form}", exported(rows, form))
    report = plan.plan_list(model, file).report
    assert report.nothing_to_do
    assert report.unchanged == rows.count()
    assert revision() == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "model", [one for one in LOOKED_UP if named(one) not in {"wage", "jobtitle"}], ids=named
)
def test_a_list_to_look_things_up_is_exported_whole(model: type[models.Model], form: str) -> None:
    rows = model._default_manager.all()
    found = sheets.read(SourceFile(f"list.{form}", exported(rows, form)))
    assert len(found.rows) == rows.count()


@pytest.mark.parametrize("form", FORMS)
def test_codes_keep_their_zeros(form: str) -> None:
    rule = OccupationRule.objects.filter(unit_group__code__startswith="000").select_related("unit_group")[0]
    assert rule.unit_group is not None
    rows = OccupationRule.objects.filter(pk=rule.pk)
    found = sheets.read(SourceFile(f"list.{form}", exported(rows, form)))
    cells = dict(zip(found.header, found.rows[0][1], strict=True))
    assert cells["noc"] == rule.unit_group.code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''=1", "\t=1", "it's", "'quoted'"]
)
def test_a_text_like_a_formula_is_made_harmless_and_comes_back_as_it_was(text: str, form: str) -> None:
    door = OtherDoor.objects.create(country="AU", name=text, code="X1", text="A text.", fact_ids=["F-38"])
    content = exported(OtherDoor.objects.filter(pk=door.pk), form)
    if form == sheets.CSV:
        written = content.decode("utf-8-sig").splitlines()[1].split(",")[1]
        assert not written.lstrip('"').startswith(("=", "+", "-", "@", "\t"))
    assert plan.plan_list(OtherDoor, SourceFile(f"list.{form}", content)).report.nothing_to_do
