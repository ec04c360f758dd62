"""The tables about applying: bad rows are named, the database refuses nonsense, staff change what visitors see."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from occupations import snapshots
from occupations.loading.applying_checks import PARTS_OF_A_ROUTE as PARTS_IN_FILES
from occupations.loading.checks import check_tables
from occupations.loading.problems import BadData
from occupations.loading.reading import ReadTable, read_tables
from occupations.models import AdviceLine, ApplicationRule, Fee, PermitTerm
from occupations.models.choices import PARTS_OF_A_ROUTE, Situation
from occupations.rulebook import Situation as RulebookSituation
from occupations.shipped import DATA_FOLDER
from tests.dates import TODAY
from tests.occupations.admin.forms import send
from tests.occupations.database import execute, revision
from tests.staff import administrator


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped tables to spoil; the longest files are cut so that reading takes no time."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    for file in ("noc2021/job_titles_en.csv", "noc2021/job_titles_fr.csv", "wages/2024.csv", "synonyms.csv"):
        lines = (folder / file).read_text(encoding="utf-8").split("\n")
        (folder / file).write_text("\n".join([*lines[:50], ""]), encoding="utf-8")
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> str:
    """Change the first place where `old` stands, and return what is said about it."""
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")

    def read() -> dict[str, ReadTable]:
        tables = read_tables(folder)
        check_tables(tables)
        return tables

    with pytest.raises(BadData) as caught:
        read()
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("fees.csv", "155.00", "155", "`amount` is '155'; write an amount in dollars and cents"),
        ("fees.csv", "155.00", "-1.00", "`amount` is '-1.00'"),
        ("fees.csv", "worker;partner", "worker;boss", "`payers` is 'worker;boss'; write one of: worker"),
        ("fees.csv", "S-05", "S-99", "`source` is 'S-99', which does not stand in table sources"),
        ("permit_terms.csv", ",12,", ",a year,", "`months` is 'a year'; write a whole number"),
        ("application_rules.csv", ",open,", ",ajar,", "`standing` is 'ajar'; write one of: open, closed"),
        ("application_rules.csv", "port-of-entry,no", "harbour,no", "`route` is 'harbour', which does not"),
        ("application_rules.csv", "F-21;D-13", "F-99", "`fact_ids` is 'F-99', which does not stand"),
        ("application_rules.csv", "abroad,outside_canada", "abroad,on_the_moon", "write one of:"),
        (
            "application_rules.csv",
            "study-permit,in_canada_study_permit",
            "study-permit,in_canada_visitor",
            "No rule says how inside-canada stands for in_canada_study_permit with visa_exempt.",
        ),
        (
            "advice_lines.csv",
            "not-residence,afterwards,,",
            "not-residence,afterwards,inside-canada,",
            "A line of the part afterwards belongs to no way to apply; leave `route` empty.",
        ),
        ("advice_lines.csv", "offer-number,step", "employer-files-first,step", "stands already at"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(data: Path, file: str, old: str, new: str, said: str) -> None:
    report = spoil(data, file, old, new)
    assert said in report
    assert report.startswith(f"{file}, line ") or "application_routes.csv, line 4" in report


def test_the_words_of_files_database_and_rules_are_the_same() -> None:
    assert Situation.values == [word.value for word in RulebookSituation]
    assert tuple(PARTS_IN_FILES) == PARTS_OF_A_ROUTE


def test_no_line_names_a_figure_that_a_table_holds() -> None:
    """Fees stand in one place only; a line that repeated one would stay behind when it changes."""
    tables = read_tables(DATA_FOLDER)
    texts = [row["says"] for name in ("advice_lines", "application_rules") for row in tables[name].rows]
    texts += [row["note"] for row in tables["fees"].rows]
    amounts = {row["amount"].split(".")[0] for row in tables["fees"].rows} - {"7"}
    assert len(amounts) == 4
    assert not [text for text in texts if amounts & set(re.findall(r"\d+", text))]
    assert not [text for text in texts if "$" in text or "CAD" in text]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE occupations_fee SET amount = -1 WHERE slug = 'work-permit'",
        "UPDATE occupations_fee SET payers = '{}' WHERE slug = 'work-permit'",
        "UPDATE occupations_fee SET payers = '{boss}' WHERE slug = 'work-permit'",
        "UPDATE occupations_permitterm SET months = 0",
        "UPDATE occupations_applicationrule SET standing = 'ajar'",
        "UPDATE occupations_applicationrule SET all_of = '{on_the_moon}'",
        "UPDATE occupations_adviceline SET part = 'rumour'",
        "UPDATE occupations_adviceline SET any_of = '{on_the_moon}'",
        "UPDATE occupations_adviceline SET route_id = 'inside-canada' WHERE part = 'plan'",
    ],
)
def test_the_database_refuses_nonsense(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", [f"occupations_{name}" for name in ("applicationroute", "applicationrule", "adviceline", "fee")]
)
def test_a_change_of_advice_raises_the_revision_once(table: str) -> None:
    before = revision()
    execute(f"UPDATE {table} SET position = position + 1")
    assert revision() == before + 1


# --- What staff do -----------------------------------------------------------------------------------------


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


def address(screen: str, page: str, *args: object) -> str:
    return reverse(f"admin:occupations_{screen}_{page}", args=args)


def test_staff_enter_a_new_fee_before_its_day(staff: Client) -> None:
    response = staff.post(
        address("fee", "add"),
        {
            "slug": "work-permit",
            "as_of": "2026-12-01",
            "position": "1",
            "label": "Work permit",
            "amount": "160.25",
            "payers": ["worker", "partner"],
            "unit": "permit",
            "counted": "on",
            "note": "",
            "fact_ids": "F-28",
            "source": "S-05",
        },
    )
    assert response.status_code == 302, response.content.decode()
    book = snapshots.refresh().rulebook(date(2026, 11, 30))
    assert {fee.amount for fee in book.fees() if fee.slug == "work-permit"} == {Decimal("155.00")}
    book = snapshots.refresh().rulebook(date(2026, 12, 1))
    assert {fee.amount for fee in book.fees() if fee.slug == "work-permit"} == {Decimal("160.25")}
    assert Fee.objects.filter(slug="work-permit").count() == 2


def test_staff_choose_words_by_ticking_them(staff: Client) -> None:
    rule = ApplicationRule.objects.get(route="port-of-entry", reason="visa-exempt")
    page = staff.get(address("applicationrule", "change", rule.pk)).content.decode()
    assert re.search(r'<input type="checkbox" name="all_of" value="visa_exempt"[^>]* checked', page)
    assert not re.search(r'value="visa_required"[^>]* checked', page)


def test_staff_are_told_of_a_fact_that_does_not_exist(staff: Client) -> None:
    term = PermitTerm.objects.get()
    page = send(staff, address("permitterm", "change", term.pk), {"fact_ids": "F-99"})
    assert page.status_code == 200
    assert "There is no fact F-99." in page.content.decode()


def test_a_hidden_line_is_not_shown(db: None) -> None:
    AdviceLine.objects.filter(pk="plan-network").update(hidden=True)
    lines = snapshots.refresh().rulebook(TODAY).reference.applying.lines
    assert "plan-network" not in {line.slug for line in lines}
    assert len(lines) == AdviceLine.objects.count() - 1
