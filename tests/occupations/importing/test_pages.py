"""The staff's pages of an import: send, look, confirm; who may, and what is kept meanwhile."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from occupations.importing import uploads
from occupations.models import (
    ConcordancePair,
    Country,
    ImportRecord,
    OccupationRule,
    OtherDoor,
    Upload,
    UploadedFile,
    WageVintage,
)
from occupations.models.imports import UploadState
from tests.occupations.database import draft_with_rules
from tests.occupations.importing import official
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/occupations/importrecord/add/?kind="
HEADER = "country,name,code,text,fact_ids,hidden\r\n"


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


def allowed(name: str, *permissions: str) -> Client:
    user = person(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return signed_in(User.objects.get(pk=user.pk))


def send(client: Client, address: str, content: bytes, name: str = "list.csv", reason: str = "a test") -> Any:
    return client.post(address, {"sent": SimpleUploadedFile(name, content), "reason": reason}, follow=True)


def import_of(model: str) -> str:
    return reverse("admin:import_list", args=[model])


def doors(*lines: str) -> bytes:
    return (HEADER + "".join(f"{line}\r\n" for line in lines)).encode()


def newest() -> Upload:
    return Upload.objects.latest("created_at")


def page_of(upload: Upload) -> str:
    return reverse("admin:import_upload", args=[upload.pk])


def test_an_official_file_is_looked_at_and_stored_only_when_confirmed(staff: Client) -> None:
    content = official.concordance().with_cell(0, " GSIM Type of Change", "VC2").bytes()
    said = send(staff, f"{ADD}concordance", content, "concordance.csv").content.decode()
    assert "This would change. Nothing is written yet." in said
    assert "0011 → 00010" in said
    assert not ImportRecord.objects.exists()
    upload = newest()
    assert upload.state == UploadState.CHECKED
    said = staff.post(page_of(upload), {"confirm": "yes"}, follow=True).content.decode()
    assert "The import is stored." in said
    assert ConcordancePair.objects.get(noc2016="0011", unit_group__code="00010").change == "VC2"
    record = ImportRecord.objects.get()
    assert (record.who, record.reason, record.changed) == ("anna", "a test", 1)
    assert not UploadedFile.objects.exists()


def test_a_refused_file_says_row_and_column_and_is_not_kept(staff: Client) -> None:
    content = official.concordance().with_cell(0, "NOC 2021 V1.0 Code", "1.1E+04").bytes()
    said = send(staff, f"{ADD}concordance", content, "concordance.csv").content.decode()
    assert "The files were refused. Nothing was changed." in said
    assert "concordance.csv, row 2, column NOC 2021 V1.0 Code" in said
    assert not UploadedFile.objects.exists()


def test_the_same_file_again_says_that_there_is_nothing_to_do(staff: Client) -> None:
    said = send(staff, f"{ADD}concordance", official.concordance().bytes()).content.decode()
    assert "The very same pairs are stored already. There is nothing to do." in said
    assert 'name="confirm"' not in said


def test_several_files_of_the_classification_are_sent_together(staff: Client) -> None:
    tables = [official.structure(language, "NOC 2026 V1.0") for language in ("en", "fr")]
    files = [SimpleUploadedFile(table.name, table.bytes()) for table in tables]
    page = staff.post(f"{ADD}noc", {"sent": files, "reason": "a new version"}, follow=True)
    assert "NOC 2026 V1.0 is new: 516 unit groups in 306 groups." in page.content.decode()


def test_wages_cannot_begin_in_the_past(staff: Client) -> None:
    data = {
        "sent": SimpleUploadedFile("w.csv", b"x"),
        "reason": "a test",
        "available_from": "2020-01-01",
        "vintage": "last year",
    }
    said = staff.post(f"{ADD}wages", data).content.decode()
    assert "Choose today or a later day" in said
    assert "Write a year, such as 2026 or 2026-2." in said
    assert not Upload.objects.exists()


def test_a_file_and_a_reason_are_needed(staff: Client) -> None:
    said = staff.post(f"{ADD}wages", {}).content.decode()
    assert said.count("This field is required.") == 2


def test_a_file_over_the_limit_is_not_kept(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("occupations.admin.import_forms.LARGEST", 10)
    said = send(staff, f"{ADD}concordance", b"x" * 11).content.decode()
    assert "is larger than the" in said
    assert not Upload.objects.exists()


def test_a_list_shows_only_what_changes_before_and_after(staff: Client) -> None:
    door = OtherDoor.objects.get(country="CL")
    fields = f'{door.country},"{door.name}",F99,"{door.text}",F-38,no'
    said = send(staff, import_of("otherdoor"), doors(fields)).content.decode()
    assert f"<del>{door.code}</del>" in said
    assert "<ins>F99</ins>" in said
    assert door.text not in said
    staff.post(page_of(newest()), {"confirm": "yes"})
    door.refresh_from_db()
    assert door.code == "F99"
    assert ImportRecord.objects.get().kind == "list:otherdoor"


def test_an_error_in_one_row_keeps_every_row_out(staff: Client) -> None:
    content = doors(
        "AU,One,X1,A text.,F-38,no", "Australia,Two,X2,A text.,F-38,no", "AU,Three,X3,,F-99,maybe"
    )
    said = send(staff, import_of("otherdoor"), content).content.decode()
    assert "list.csv, row 3, column country" in said
    assert "list.csv, row 4, column hidden" in said
    assert "“maybe” is neither yes nor no." in said
    assert not OtherDoor.objects.filter(name="One").exists()


def test_a_published_edition_refuses_with_the_reason(staff: Client) -> None:
    content = b"edition,country,visa_exempt\r\nircc-2024-10-03,AU,no\r\n"
    said = send(staff, import_of("country"), content).content.decode()
    assert "list.csv, row 2, column edition" in said
    assert "The edition ircc-2024-10-03 is published, so its rules cannot be changed." in said
    assert Country.objects.get(edition="ircc-2024-10-03", country="AU").visa_exempt


def test_a_draft_takes_changes_new_rows_at_the_end_and_rows_out(staff: Client) -> None:
    draft_with_rules()
    before = OccupationRule.objects.filter(edition="trial-2027").count()
    content = (
        b"edition,position,country,category,effect,certain,noc,list_entry,confidence,fact_ids,delete\r\n"
        b"trial-2027,,AU,professional,exclude,yes,00010,a new line,primary,F-05,\r\n"
        b"trial-2027,3,,,,,,,,,yes\r\n"
    )
    said = send(staff, import_of("occupationrule"), content).content.decode()
    assert "new" in said
    assert "taken out" in said
    staff.post(page_of(newest()), {"confirm": "yes"})
    rules = OccupationRule.objects.filter(edition="trial-2027")
    assert rules.count() == before
    assert rules.get(list_entry="a new line").position == before + 1
    assert not rules.filter(position=3).exists()


def test_what_others_changed_meanwhile_is_looked_at_again(staff: Client) -> None:
    door = OtherDoor.objects.get(country="CL")
    send(staff, import_of("otherdoor"), doors(f'CL,"{door.name}",F99,"{door.text}",F-38,no'))
    OtherDoor.objects.filter(pk=door.pk).update(code="F77")
    said = staff.post(page_of(newest()), {"confirm": "yes"}, follow=True).content.decode()
    assert "The tables have changed since this import was looked at." in said
    door.refresh_from_db()
    assert door.code == "F77"


def test_confirming_twice_imports_once(staff: Client) -> None:
    send(
        staff, f"{ADD}concordance", official.concordance().with_cell(0, " GSIM Type of Change", "VC2").bytes()
    )
    upload = newest()
    staff.post(page_of(upload), {"confirm": "yes"})
    staff.post(page_of(upload), {"confirm": "yes"})
    assert uploads.confirm(upload) is False
    assert ImportRecord.objects.count() == 1


def test_what_is_given_up_is_deleted(staff: Client) -> None:
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    said = staff.post(page_of(newest()), {"give_up": "yes"}, follow=True).content.decode()
    assert "Nothing was imported, and the files are deleted." in said
    assert not Upload.objects.exists()
    assert not UploadedFile.objects.exists()


def test_an_upload_serves_nobody_but_its_owner(staff: Client) -> None:
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    other = signed_in(person("berta", superuser=True))
    assert other.get(page_of(newest())).status_code == 404
    assert other.post(page_of(newest()), {"confirm": "yes"}).status_code == 404


def test_an_upload_that_was_left_alone_for_a_day_is_deleted(staff: Client) -> None:
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    old = newest()
    Upload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    assert not Upload.objects.filter(pk=old.pk).exists()
    assert UploadedFile.objects.count() == 1


def test_work_that_died_with_its_process_is_said_to_have_changed_nothing(staff: Client) -> None:
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    long_ago = timezone.now() - timedelta(minutes=6)
    Upload.objects.update(state=UploadState.STORING, seen_working_at=long_ago)
    said = staff.get(page_of(newest())).content.decode()
    assert "The import failed. Nothing was changed." in said
    assert "The work was interrupted" in said


def test_a_page_of_work_shows_progress_and_asks_again_by_itself(staff: Client) -> None:
    send(staff, f"{ADD}concordance", official.concordance().bytes())
    Upload.objects.update(state=UploadState.STORING, done=300, total=600, seen_working_at=timezone.now())
    said = staff.get(page_of(newest())).content.decode()
    assert '<progress max="600" value="300">' in said
    assert 'hx-trigger="every 1s"' in said


def test_who_may_only_look_sees_the_record_and_sends_nothing(staff: Client) -> None:
    auditor = allowed("carla", "view_importrecord", "view_otherdoor")
    assert auditor.get("/admin/occupations/importrecord/").status_code == 200
    assert auditor.get(f"{ADD}wages").status_code == 403
    assert send(auditor, f"{ADD}wages", b"x").status_code == 403
    assert auditor.get(import_of("otherdoor")).status_code == 403
    page = auditor.get("/admin/occupations/otherdoor/").content.decode()
    assert "Export to Excel" in page
    assert "Import a spreadsheet" not in page


def test_a_list_is_imported_only_by_who_may_change_it(staff: Client) -> None:
    editor = allowed("dora", "add_importrecord", "view_otherdoor", "add_otherdoor", "change_otherdoor")
    assert editor.get(import_of("otherdoor")).status_code == 200
    assert editor.get(import_of("country")).status_code == 403
    door = OtherDoor.objects.get(country="CL")
    content = f'country,name,delete\r\nCL,"{door.name}",yes\r\n'.encode()
    said = send(editor, import_of("otherdoor"), content).content.decode()
    assert "You may not delete rows of this list." in said


def test_nobody_reaches_the_pages_without_signing_in(db: None) -> None:
    for address in (
        f"{ADD}wages",
        import_of("otherdoor"),
        "/admin/occupations/importrecord/list/otherdoor/export.csv",
    ):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["wage", "unitgroup", "nothing"])
def test_a_list_that_only_goes_out_has_no_import(name: str, staff: Client) -> None:
    assert staff.get(import_of(name)).status_code == 404


def test_the_export_holds_what_the_page_shows(staff: Client) -> None:
    response = staff.get("/admin/occupations/otherdoor/", {"country": "CL"})
    assert "export.xlsx?country=CL" in response.content.decode()
    content = staff.get(
        "/admin/occupations/importrecord/list/otherdoor/export.csv", {"country": "CL"}
    ).content
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("country,name,")
    assert {line.split(",")[0] for line in lines[1:]} == {"CL"}


def test_an_export_is_a_download_that_nothing_keeps(staff: Client) -> None:
    response = staff.get("/admin/occupations/importrecord/list/otherdoor/export.xlsx")
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert "no-store" in response["Cache-Control"]
    assert io.BytesIO(response.content).read(2) == b"PK"
    assert staff.get("/admin/occupations/importrecord/list/otherdoor/export.pdf").status_code == 404


def test_the_record_is_read_with_its_files(staff: Client) -> None:
    send(
        staff, f"{ADD}concordance", official.concordance().with_cell(0, " GSIM Type of Change", "VC2").bytes()
    )
    staff.post(page_of(newest()), {"confirm": "yes"})
    record = ImportRecord.objects.get()
    said = staff.get(f"/admin/occupations/importrecord/{record.pk}/change/").content.decode()
    assert record.files[0]["sha256"] in said
    assert 'name="_save"' not in said
    assert WageVintage.objects.count() == 2
