"""An edition in any state as the rules read it, and the snapshot in which it decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from occupations import edition_content, models, search, snapshots
from occupations.rulebook import UnknownEdition
from tests import drafts

pytestmark = pytest.mark.django_db
OFFICIAL = "ircc-2024-10-03"
ARTICLE = "article-2026"


@pytest.mark.parametrize("slug", [OFFICIAL, ARTICLE])
def test_a_published_edition_reads_as_in_the_public_snapshot(slug: str) -> None:
    content = edition_content.content_of(slug)
    assert content.edition == snapshots.current().editions[slug]
    assert content.state == "published"


@pytest.mark.parametrize("slug", [OFFICIAL, ARTICLE])
def test_a_published_edition_says_of_differences_what_the_public_snapshot_says(slug: str) -> None:
    known = snapshots.current().reference.differences
    says = {name: each.says[slug] for name, each in known.items() if slug in each.says}
    assert edition_content.content_of(slug).says == says


def test_an_edition_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownEdition, match="no-such"):
        edition_content.content_of("no-such")


def test_a_draft_reads_as_the_edition_that_it_was_copied_from() -> None:
    drafts.copied()
    content, official = edition_content.content_of("trial-2027"), snapshots.current().editions[OFFICIAL]
    assert replace(content.edition, slug=OFFICIAL) == official
    assert content.state == "draft"


def test_a_digest_stays_while_nothing_changes_and_changes_with_any_row() -> None:
    draft = drafts.copied()
    first = edition_content.content_of(draft.pk)
    assert edition_content.content_of(draft.pk) is first
    seen = {first.digest}
    drafts.excluded(draft, "MX", "21231")
    seen.add(edition_content.content_of(draft.pk).digest)
    models.Requirement.objects.filter(edition=draft).update(min_experience_years=3)
    seen.add(edition_content.content_of(draft.pk).digest)
    models.Condition.objects.filter(edition=draft, position=1).update(question="Anything else?")
    seen.add(edition_content.content_of(draft.pk).digest)
    models.Edition.objects.filter(pk=draft.pk).update(state="in_review")
    seen.add(edition_content.content_of(draft.pk).digest)
    assert len(seen) == 5


def test_a_snapshot_with_a_draft_lets_it_decide_on_every_day_and_leaves_the_public_one_alone() -> None:
    draft = drafts.copied()
    drafts.excluded(draft, "MX", "21231")
    public = snapshots.current()
    content = edition_content.content_of(draft.pk)
    made = edition_content.snapshot_with(content, public)
    for on in (date(2020, 1, 1), snapshots.today(), date(2099, 1, 1)):
        assert made.slug_in_force(on) == draft.pk
        assert made.rulebook(on).edition is content.edition
    assert draft.pk not in public.editions
    assert public.slug_in_force(snapshots.today()) == OFFICIAL
    assert all(draft.pk not in each.says for each in public.reference.differences.values())
    said = [each for each in made.reference.differences.values() if draft.pk in each.says]
    assert {each.id for each in said} == set(content.says)
    assert edition_content.snapshot_with(content, public) is made


def test_within_the_override_every_way_to_the_rules_gives_the_draft_and_afterwards_none() -> None:
    draft = drafts.copied()
    public = snapshots.current()
    made = edition_content.snapshot_with(edition_content.content_of(draft.pk), public)
    with snapshots.deciding(made):
        assert snapshots.current() is made
        assert snapshots.rulebook().edition.slug == draft.pk
        assert snapshots.rulebook(slug=OFFICIAL).edition.slug == OFFICIAL
    assert snapshots.current() is public
    assert snapshots.rulebook().edition.slug == OFFICIAL


def test_the_override_ends_with_an_error_too() -> None:
    draft = drafts.copied()
    public = snapshots.current()
    made = edition_content.snapshot_with(edition_content.content_of(draft.pk), public)
    with pytest.raises(ZeroDivisionError), snapshots.deciding(made):
        raise ZeroDivisionError
    assert snapshots.current() is public


def test_the_search_index_serves_the_draft_without_being_built_again() -> None:
    draft = drafts.copied()
    public = snapshots.current()
    made = edition_content.snapshot_with(edition_content.content_of(draft.pk), public)
    index = search.index_for(public)
    assert search.index_for(made) is index
    assert search.index_for(public) is index
