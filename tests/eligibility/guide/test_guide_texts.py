"""Staff's wordings of the guide: on the pages, on the staff's screen, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from eligibility.guide_contents import every_text, parts
from eligibility.guide_texts import Wording
from occupations import snapshot_file, snapshots, stored, texts
from occupations.building import build_snapshot
from occupations.guide_texts import CONTEXT, fault, places
from occupations.models import GuideText, Translation
from occupations.rulebook import Snapshot, Texts
from tests.eligibility.guide.reading import PAGES, article, ask, read, words
from tests.occupations.admin.forms import changed, form_of, send
from tests.staff import administrator, person, signed_in

PLAIN = "Officers know it by its code: T52."
OTHER = "An officer calls it <T52> & nothing else: 100 % sure."
PLACED = "The rules we follow open this permit to people from %(countries)s."
LIST = "/admin/occupations/guidetext/"
ADD = reverse("admin:occupations_guidetext_add")


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


@pytest.fixture
def from_tables(db: None) -> Iterator[None]:
    """Pages read the tables of the test."""
    snapshots.hold(None)
    yield
    snapshots.hold(None)


def put(shipped: Snapshot, **said: Texts) -> None:
    """Let the pages say other words; `plain` and `placed` name the two texts above."""
    found = {{"plain": PLAIN, "placed": PLACED}[name]: wording for name, wording in said.items()}
    reference = replace(shipped.reference, guide_texts=found)
    snapshots.hold(replace(shipped, revision=shipped.revision + 1, reference=reference))


# --- Pages ------------------------------------------------------------------------------------------------


def test_a_page_says_the_words_of_staff_in_place_of_its_own(shipped: Snapshot) -> None:
    put(shipped, plain={"en": "It is called T52."}, placed={"en": "People from %(countries)s: 100 % yes."})
    told = article("/guide/permit/")
    assert "It is called T52." in told
    assert PLAIN not in told
    assert "100 % yes." in told
    assert "Australia" in told.split("People from ")[1].split(": 100 %")[0]


def test_words_of_staff_are_escaped(shipped: Snapshot) -> None:
    wording = Wording({"A text": {"en": 'a < b, "quoted"'}}, "en")
    source = '{% load i18n guide_texts %}<p title="{% translate "A text" %}">'
    page = Template(source).render(Context({"wording": wording}))
    assert page == '<p title="a &lt; b, &quot;quoted&quot;">'
    block = "{% load i18n guide_texts %}{% blocktranslate with a=b %}From {{ a }}{% endblocktranslate %}"
    wording = Wording({"From %(a)s": {"en": "<%(a)s"}}, "en")
    assert Template(block).render(Context({"wording": wording, "b": "<i>"})) == "&lt;&lt;i&gt;"


def test_other_languages_keep_the_words_of_the_site_until_they_have_their_own(shipped: Snapshot) -> None:
    before = {path: article(f"{path}guide/permit/") for path in ("/fr/", "/es/", "/ja/")}
    put(shipped, plain={"en": "It is called T52.", "fr": "On l’appelle T52."})
    assert "On l’appelle T52." in article("/fr/guide/permit/")
    assert article("/es/guide/permit/") == before["/es/"]
    assert article("/ja/guide/permit/") == before["/ja/"]


@pytest.mark.parametrize(
    "said", ["People from abroad.", "From %(countries)s and %(more)s.", "<b>%(countries)s</b>"]
)
def test_a_wording_that_the_page_cannot_show_is_not_shown(said: str, shipped: Snapshot) -> None:
    before = article("/guide/permit/")
    put(shipped, placed={"en": said})
    assert article("/guide/permit/") == before


def test_titles_headings_and_sentences_outside_templates_follow_as_well(shipped: Snapshot) -> None:
    related = "It must be in the field of the job or one close to it."
    reference = replace(
        shipped.reference,
        guide_texts={
            "What the permit is": {"en": "The permit itself"},
            related: {"en": "In the same field."},
            "For everybody": {"en": "For one and all"},
            "Sources": {"en": "Where we read it"},
        },
    )
    snapshots.hold(replace(shipped, revision=shipped.revision + 1, reference=reference))
    assert words(read("/guide/")).count("The permit itself") == 1
    assert "For one and all" in article("/guide/mistakes/")
    assert "Where we read it" in words(read("/guide/mistakes/"))
    assert related not in article("/guide/who-qualifies/")


@pytest.mark.parametrize("slug", [part.slug for part in parts() if part.title])
def test_every_text_of_a_page_can_be_put_into_other_words(slug: str, shipped: Snapshot) -> None:
    part = next(each for each in parts() if each.slug == slug)
    found = {
        text: {"en": " ".join(["Otherwise", *(f"%({name})s" for name in places(text))])}
        for text in every_text()
    }
    reference = replace(shipped.reference, guide_texts=found)
    snapshots.hold(replace(shipped, revision=shipped.revision + 1, reference=reference))
    page = ask("/guide/" if slug == "contents" else f"/guide/{slug}/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    for text in part.texts:
        if not places(text) and len(text) > 25:
            assert escape(text) not in main, text
    assert "Otherwise" in main


def test_the_tags_take_only_texts_that_can_be_put_into_other_words() -> None:
    for tag in ("{% translate name %}", '{% translate "A" context "b" %}'):
        with pytest.raises(TemplateSyntaxError, match="stands in quotation marks"):
            Template("{% load i18n guide_texts %}" + tag)
    plural = "{% blocktranslate count n=3 %}one{% plural %}many{% endblocktranslate %}"
    with pytest.raises(TemplateSyntaxError, match="no plural"):
        Template("{% load i18n guide_texts %}" + plural)


# --- From the tables to the page --------------------------------------------------------------------------


def test_a_page_follows_the_table_without_a_query_of_its_own(from_tables: None) -> None:
    tag = ask("/guide/permit/").headers["ETag"]
    GuideText.objects.create(english=PLAIN, text="It is called T52.")
    Translation.objects.create(
        context=CONTEXT, english="It is called T52.", language="ja", text="T52と呼ばれます。"
    )
    snapshots.refresh()
    with CaptureQueriesContext(connection) as queries:
        again = ask("/guide/permit/", if_none_match=tag)
        assert "T52と呼ばれます。" in article("/ja/guide/permit/")
    assert again.status_code == 200
    assert "It is called T52." in again.content.decode()
    assert len(queries) == 0


def test_wordings_outlive_the_database_in_the_file(from_tables: None, tmp_path: Path) -> None:
    GuideText.objects.create(english=PLAIN, text="It is called T52.")
    rows = stored.stored_rows()
    file = tmp_path / "snapshot.json"
    snapshot_file.write(file, rows)
    kept = build_snapshot(snapshot_file.read(file).payload)
    assert kept.reference.guide_texts == {PLAIN: {"en": "It is called T52."}}
    older = {name: table for name, table in rows.payload.items() if name != "guide_texts"}
    assert build_snapshot(older).reference.guide_texts == {}


def test_what_is_said_otherwise_only_in_english_is_missing_in_every_other_language(db: None) -> None:
    def lacking() -> list[str]:
        return [
            code for code, found in texts.missing().items() if any(each.context == CONTEXT for each in found)
        ]

    row = GuideText.objects.create(english=PLAIN, text=PLAIN)
    assert lacking() == []
    row.text = "It is called T52."
    row.save()
    assert lacking() == ["fr", "es", "ja"]
    Translation.objects.create(context=CONTEXT, english=row.text, language="fr", text="On l’appelle T52.")
    assert lacking() == ["es", "ja"]


# --- What is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("People from abroad.", "Keep %(countries)s in the text"),
        ("%(countries)s, %(more)s", "Leave %(more)s out"),
        ('See <a href="x">%(countries)s', 'Leave <a href="x"> out'),
        ("%(countries)s&nbsp;only", "Leave &nbsp; out"),
        ("%(countries)s and %(countries", "A place in the text is broken"),
        ("%(countries)s and {{ countries }}", "A place in the text is broken"),
    ],
)
def test_a_wording_that_would_break_the_page_is_refused_in_a_sentence(
    said: str, why: str, staff: Client
) -> None:
    assert why in fault(PLACED, said)
    page = send(staff, ADD, {"english": PLACED, "text": said}).content.decode()
    assert escape(why) in page
    assert not GuideText.objects.exists()
    row = GuideText.objects.create(english=PLACED, text=PLACED)
    address = reverse("admin:occupations_translation_of", args=["guidetext", row.pk])
    body = form_of(staff.get(address), "texts_form")
    name = next(each for each in body if each.endswith("-fr"))
    assert escape(why) in staff.post(address, changed(body, {name: said}), follow=True).content.decode()
    assert not Translation.objects.filter(context=CONTEXT).exists()


@pytest.mark.parametrize("text", [OTHER.replace("<T52> & nothing", "T52 < T53 & nothing"), PLAIN, "100 %"])
def test_percent_signs_and_signs_of_mathematics_are_no_markup(text: str) -> None:
    assert fault(PLAIN, text) == ""


# --- The staff's screen -----------------------------------------------------------------------------------


def test_the_texts_of_the_guide_are_plain_text_and_sound() -> None:
    assert len(every_text()) > 100
    for text in every_text():
        assert fault(text, text) == "", text


def test_the_list_shows_every_text_in_every_language_and_marks_what_is_missing(staff: Client) -> None:
    GuideText.objects.create(english=PLAIN, text="It is called T52.")
    for part in parts():
        page = staff.get(LIST, {"part": part.slug}).content.decode()
        for text in part.texts:
            assert escape(text) in page or text == PLAIN
    page = staff.get(LIST, {"part": "permit"}).content.decode()
    assert "It is called T52." in page
    assert page.count("your words</span>") == 1
    assert page.count("yours are missing") == 3


def test_a_text_is_chosen_in_the_list_put_into_other_words_and_translated(staff: Client) -> None:
    page = staff.get(f"{ADD}?english={PLAIN}")
    assert form_of(page)["text"] == [PLAIN]
    row_page = send(staff, ADD, {"english": PLAIN, "text": "It is called T52."})
    row = GuideText.objects.get()
    assert "texts_form" in row_page.content.decode()
    body = form_of(row_page, "texts_form")
    name = next(each for each in body if each.endswith("-fr"))
    address = reverse("admin:occupations_translation_of", args=["guidetext", row.pk])
    staff.post(address, changed(body, {name: "On l’appelle T52."}))
    assert Translation.objects.get(context=CONTEXT).text == "On l’appelle T52."
    twice = form_of(staff.get(f"{ADD}?english={PLAIN}"))
    assert PLAIN not in twice["english"]


def test_words_for_a_text_that_the_site_says_no_longer_are_listed_apart(staff: Client) -> None:
    GuideText.objects.create(english="An old sentence.", text="Other words.")
    page = staff.get(LIST, {"part": "gone"}).content.decode()
    assert "Other words." in page
    assert "The site says these texts no longer" in page


def test_an_auditor_reads_the_list_and_cannot_write(db: None) -> None:
    auditor = signed_in(person("carla", ["auditor"]))
    page = auditor.get(LIST).content.decode()
    assert "Say it in other words" not in page
    assert auditor.get(ADD).status_code == 403
    editor = signed_in(person("dora", ["editor"]))
    assert "Say it in other words" in editor.get(LIST).content.decode()


def test_the_tests_know_pages_of_the_guide() -> None:
    assert {f"/guide/{part.slug}/" for part in parts()} >= set(PAGES)
