"""Two people at once: whoever comes second waits, and then meets what the first has done."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from occupations import publishing
from occupations.models import Edition, EditionReview, PeriodInForce, Wage
from occupations.publishing import Refused, flow, put_in_force
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, OFFICIAL, draft_with_rules, execute
from tests.staff import person

ADD_FACTS = (
    "INSERT INTO occupations_citation (edition_id, fact_id, source_id, position) "
    "VALUES ('trial-2027', 'F-37', 'S-01', 9)"
)


@pytest.fixture
def somebody_else(committed_database: str) -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the same database."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    yield other
    other.close()


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Run every step in a thread of its own, all at the same moment; returns the refusals."""
    gate = threading.Barrier(len(steps))
    refusals: list[str] = []

    def run(step: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(10)
            step()
        except Refused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def test_a_review_waits_for_a_row_that_is_being_written(somebody_else: BaseDatabaseWrapper) -> None:
    edition = draft_with_rules()
    somebody_else.set_autocommit(False)
    with somebody_else.cursor() as cursor:
        cursor.execute(ADD_FACTS)
    execute("SET lock_timeout = '100ms'")
    with pytest.raises(Refused, match="lock timeout"):
        publishing.send_to_review(edition)
    somebody_else.commit()
    publishing.send_to_review(edition)
    with pytest.raises(DatabaseError, match="trial-2027 is in review, so its rules cannot be changed"):
        execute(ADD_FACTS.replace("'S-01', 9", "'S-02', 10"))


def test_two_people_put_the_same_edition_in_force_and_the_second_is_told(committed_database: str) -> None:
    article = Edition.objects.get(pk=ARTICLE)
    said = at_once(*[lambda: put_in_force(article, today(), "A trial.", "anna")] * 4)
    assert said == [f"The edition {ARTICLE} decides on {today()} already."] * 3
    assert PeriodInForce.objects.count() == 2


def test_opposite_decisions_at_once_leave_every_day_with_one_edition(committed_database: str) -> None:
    article, official = Edition.objects.get(pk=ARTICLE), Edition.objects.get(pk=OFFICIAL)
    at_once(
        lambda: put_in_force(article, today(), "A trial.", "anna"),
        lambda: put_in_force(official, today(), "No trial.", "bert"),
    )
    deciding = [period.edition_id for period in PeriodInForce.objects.all() if today() in period.days]
    assert len(deciding) == 1


def approved() -> tuple[Edition, User]:
    """An edition in review that a second person has approved, and that person."""
    edition, reviewer = draft_with_rules(like=OFFICIAL), person("bert")
    publishing.submit_edition(edition, "IRCC changed its page.", person("anna"))
    publishing.approve_edition(edition, "Compared with the page.", reviewer)
    return edition, reviewer


def recorded() -> list[str]:
    return list(EditionReview.objects.values_list("step", flat=True))


def test_two_reviewers_publish_at_once_and_it_happens_once(committed_database: str) -> None:
    edition, reviewer = approved()
    another = person("carl")
    said = at_once(
        *[
            lambda by=by: publishing.publish_edition(Edition(pk=edition.pk), today(), "Now.", by)
            for by in (reviewer, another)
        ]
    )
    assert said == ["The edition trial-2027 is “published” now, so this step is not open."]
    assert recorded() == ["submit", "approve", "publish"]
    assert [period.edition_id for period in PeriodInForce.objects.order_by("days")] == [
        OFFICIAL,
        "trial-2027",
    ]


def test_an_edition_is_returned_or_published_but_never_both(committed_database: str) -> None:
    edition, reviewer = approved()
    said = at_once(
        lambda: publishing.publish_edition(Edition(pk=edition.pk), today(), "Now.", reviewer),
        lambda: publishing.return_edition(Edition(pk=edition.pk), "Line 3 is wrong.", reviewer),
    )
    assert len(said) == 1
    edition.refresh_from_db()
    in_force = {period.edition_id for period in PeriodInForce.objects.all()}
    found = (edition.state, recorded()[2:], "trial-2027" in in_force)
    assert found in [("published", ["publish"], True), ("draft", ["return"], False)]


def test_a_publication_that_is_cut_off_half_way_has_not_begun(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, reviewer = approved()

    def cut_off(*given: object) -> None:
        assert Edition.objects.get(pk=edition.pk).state == "published"
        execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(flow, "put_in_force", cut_off)
    # No refusal: it is for the page on the lost database to say (cptpp_site/staff/outage.py).
    with pytest.raises(OperationalError):
        publishing.publish_edition(edition, today(), "Now.", reviewer)
    connection.close()
    assert Edition.objects.get(pk=edition.pk).state == "in_review"
    assert recorded() == ["submit", "approve"]
    assert [period.edition_id for period in PeriodInForce.objects.all()] == [OFFICIAL]
    monkeypatch.undo()
    publishing.publish_edition(edition, today(), "Now.", reviewer)
    assert recorded() == ["submit", "approve", "publish"]


def test_two_first_loads_at_once_store_everything_once(empty_database: str) -> None:
    said = [io.StringIO(), io.StringIO()]
    at_once(*[lambda out=out: call_command("load_data", stdout=out) for out in said])
    summaries = sorted(out.getvalue().splitlines()[-1].split()[0] for out in said)
    assert summaries == ["All", "Stored"]
    assert Wage.objects.count() == 12_822
