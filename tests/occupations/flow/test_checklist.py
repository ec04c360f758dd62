"""What is not in order stops an edition, and is named with its page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from occupations.models import (
    Condition,
    Edition,
    OccupationRule,
)
from occupations.publishing import (
    Refused,
    approve_edition,
    checklist,
    publish_edition,
    submit_edition,
)
from occupations.publishing.checklist import Check, Problem
from occupations.snapshots import today
from tests.occupations.database import execute

pytestmark = pytest.mark.django_db


def add_contradiction(edition: Edition) -> None:
    line = OccupationRule.objects.filter(edition=edition, effect="exclude", unit_group__isnull=False).first()
    assert line is not None
    line.pk, line.position, line.effect = None, 9000, "include"
    line.when = line.unless = None
    line.save()
    OccupationRule.objects.filter(edition=edition, effect="exclude", unit_group=line.unit_group).update(
        when=None, unless=None
    )


def problems(edition: Edition, slug: str) -> list[Problem]:
    (found,) = [line.problems for line in checklist.lines(edition) if line.slug == slug]
    return list(found)


def test_a_copy_of_the_edition_in_force_has_nothing_to_mend(edition: Edition) -> None:
    assert [line.slug for line in checklist.lines(edition) if line.stops] == []
    assert checklist.registered()[:6] == (
        "complete",
        "contradictions",
        "teers",
        "conditions",
        "condition-texts",
        "citations",
    )


def test_a_contradiction_stops_approval_and_publication(
    edition: Edition, author: User, reviewer: User, settings: Settings
) -> None:
    add_contradiction(edition)
    submit_edition(edition, "Look at it.", author)
    with pytest.raises(Refused, match=r"is not in order yet. .* excludes it in every such case"):
        approve_edition(edition, "Fine.", reviewer)
    settings.SINGLE_STAFF_MEMBER = True
    with pytest.raises(Refused, match="is not in order yet"):
        publish_edition(edition, today(), "Now.", author)


def test_a_code_of_another_category_is_named_with_its_page(edition: Edition) -> None:
    line = OccupationRule.objects.filter(edition=edition, category="professional").exclude(unit_group=None)[0]
    OccupationRule.objects.filter(pk=line.pk).update(category="technician")
    (problem,) = problems(edition, "teers")
    assert "is not of a TEER of this category" in problem.text
    assert problem.url == f"/admin/occupations/occupationrule/{line.pk}/change/"


def test_a_condition_that_no_line_names_is_found(edition: Edition) -> None:
    added = Condition.objects.create(edition=edition, slug="sailing", position=90, question="Sailing?")
    (problem,) = problems(edition, "conditions")
    assert problem.text.startswith("No line names the condition sailing")
    assert problem.url == f"/admin/occupations/condition/{added.pk}/change/"


def test_a_question_without_a_translation_is_found_for_each_language(
    edition: Edition, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("ja", "日本語")]
    OccupationRule.objects.filter(edition=edition).update(when=None, unless=None)
    Condition.objects.filter(edition=edition).delete()
    Condition.objects.create(
        edition=edition, slug="sailing", position=90, question="Sailing?", help="At sea."
    )
    found = problems(edition, "condition-texts")
    assert [problem.text for problem in found] == [
        "The new condition sailing has no text in French, Japanese: “Sailing?”",
        "The new condition sailing has no text in French, Japanese: “At sea.”",
    ]
    execute(
        "INSERT INTO occupations_translation (context, english, language, text) "
        "VALUES ('condition.question', 'Sailing?', 'fr', 'En mer ?')"
    )
    assert problems(edition, "condition-texts")[0].text.endswith("no text in Japanese: “Sailing?”")


def test_a_fact_without_a_source_is_found(edition: Edition) -> None:
    gone = edition.citation_set.filter(fact="F-05")
    assert gone.delete()[0]
    (problem,) = problems(edition, "citations")
    assert problem.text == "Rows rest on the fact F-05, for which the edition cites no source."


def test_a_missing_table_or_criterion_is_found(edition: Edition) -> None:
    edition.criterionfacts_set.filter(criterion="wage").delete()
    assert [problem.text for problem in problems(edition, "complete")] == [
        "The criterion wage rests on no fact."
    ]
    edition.requirement_set.all().delete()
    assert problems(edition, "complete")[0].text == "The edition has no requirements."


def test_another_package_adds_a_line_that_stops(
    monkeypatch: pytest.MonkeyPatch, submitted: Edition, reviewer: User
) -> None:
    monkeypatch.setattr(checklist, "_checks", dict(checklist._checks))
    mine = Check("cases", "Reference cases stay", lambda edition: [Problem("Case 7 turns.", "/x/")])
    checklist.register(mine)
    with pytest.raises(Refused, match=r"is not in order yet. Case 7 turns.$"):
        approve_edition(submitted, "Fine.", reviewer)
    checklist.register(Check("cases", "Reference cases stay", mine.examine, blocks=False))
    approve_edition(submitted, "Fine.", reviewer)
