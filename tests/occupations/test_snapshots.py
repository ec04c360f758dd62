"""The snapshot in memory: the same as the files, refreshed by revision, kept as a file, free of queries."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from occupations import snapshot_file, snapshots, stored
from occupations.building import build_snapshot
from occupations.models import Edition
from occupations.rulebook import NoEditionInForce, UnknownEdition
from occupations.shipped import shipped_payload
from occupations.snapshots import SnapshotUnavailable
from tests.occupations.database import ARTICLE, OFFICIAL, draft_with_rules, execute, revision

# --- Reading ----------------------------------------------------------------------------------------------


def test_the_tables_and_the_files_make_the_same_snapshot(db: None) -> None:
    built = snapshots.refresh()
    assert built == build_snapshot(shipped_payload(), built.revision)
    assert built.revision == revision() > 0


def test_reading_is_free_of_queries_once_warm(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    snapshots.refresh()
    with django_assert_num_queries(0):
        book = snapshots.rulebook()
        assert book.wage("21231", "ER3530") is not None
        assert snapshots.current().slug_in_force(snapshots.today()) == OFFICIAL


def test_a_refresh_without_a_change_only_asks_for_the_revision(db: None) -> None:
    first = snapshots.refresh()
    with CaptureQueriesContext(connection) as queries:
        assert snapshots.refresh() is first
    assert len(queries) == 1


def test_a_change_by_raw_sql_is_seen_by_the_next_refresh(db: None) -> None:
    before = snapshots.refresh()
    execute("UPDATE occupations_differencetext SET says = 'Other words.' WHERE difference_id = 'D-01'")
    after = snapshots.refresh()
    assert after.revision == before.revision + 1
    assert after.reference.differences["D-01"].says[ARTICLE] == {"en": "Other words."}


def test_a_translation_of_a_published_edition_is_seen(db: None) -> None:
    title = Edition.objects.get(pk=ARTICLE).title
    execute(
        "INSERT INTO occupations_translation (context, english, language, text) "
        "VALUES ('edition.title', %s, 'fr', 'Titre') "
        "ON CONFLICT (context, md5(english), language) DO UPDATE SET text = excluded.text",
        title,
    )
    seen = snapshots.refresh().editions[ARTICLE].title
    assert (seen["en"], seen["fr"]) == (title, "Titre")


def test_work_on_a_draft_is_not_seen(db: None) -> None:
    before = snapshots.refresh()
    draft_with_rules()
    assert snapshots.refresh() is before
    assert "trial-2027" not in snapshots.current().editions


def test_the_edition_is_chosen_by_day_and_by_slug(db: None) -> None:
    assert snapshots.rulebook(date(2024, 10, 3)).edition.slug == OFFICIAL
    assert snapshots.rulebook(date(2024, 10, 3), ARTICLE).edition.slug == ARTICLE
    with pytest.raises(NoEditionInForce):
        snapshots.rulebook(date(2024, 10, 2))
    with pytest.raises(UnknownEdition):
        snapshots.rulebook(slug="no-such")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 1, 4, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2026, 1, 1, 5, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 7, 1, 3, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_the_day_turns_at_midnight_in_toronto(moment: datetime, day: date) -> None:
    with mock.patch("django.utils.timezone.now", return_value=moment):
        assert snapshots.today() == day


def test_the_database_counts_the_same_day(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT occupations_today()")
        assert cursor.fetchone() == (snapshots.today(),)


def test_tables_without_data_say_what_to_run(empty_database: str) -> None:
    with pytest.raises(SnapshotUnavailable, match=r"Run: python manage\.py load_data"):
        snapshots.refresh()


# --- The file ---------------------------------------------------------------------------------------------


@pytest.fixture
def rows() -> stored.StoredRows:
    return stored.StoredRows(7, "2026-01-01T00:00:00+00:00", shipped_payload())


def test_the_file_gives_back_what_was_kept(tmp_path: Path, rows: stored.StoredRows) -> None:
    path = tmp_path / "deep" / "snapshot.json"
    assert snapshot_file.write(path, rows)
    assert snapshot_file.read(path) == rows
    assert [item.name for item in path.parent.iterdir()] == ["snapshot.json"]


def test_the_file_is_not_written_again_for_the_same_revision(tmp_path: Path, rows: stored.StoredRows) -> None:
    path = tmp_path / "snapshot.json"
    snapshot_file.write(path, rows)
    assert not snapshot_file.write(path, rows)
    assert snapshot_file.write(path, stored.StoredRows(8, rows.changed_at, rows.payload))


@pytest.mark.parametrize("spoil", ["body", "cut", "header", "format", "missing", "empty"])
def test_a_spoilt_file_is_not_used(tmp_path: Path, rows: stored.StoredRows, spoil: str) -> None:
    path = tmp_path / "snapshot.json"
    snapshot_file.write(path, rows)
    head, body = path.read_bytes().split(b"\n", 1)
    other = {
        "body": head + b"\n" + body.replace(b"21231", b"21232", 1),
        "cut": (head + b"\n" + body)[:-500],
        "header": b"not json\n" + body,
        "format": json.dumps({**json.loads(head), "format": 0}).encode() + b"\n" + body,
        "missing": None,
        "empty": b"",
    }[spoil]
    if other is None:
        path.unlink()
    else:
        path.write_bytes(other)
    with pytest.raises(snapshot_file.UnusableFile):
        snapshot_file.read(path)


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, rows: stored.StoredRows) -> None:
    path = tmp_path / "snapshot.json"
    snapshot_file.write(path, rows)
    newer = stored.StoredRows(8, rows.changed_at, rows.payload)
    with (
        mock.patch("os.replace", side_effect=OSError("disk full")),
        pytest.raises(OSError, match="disk full"),
    ):
        snapshot_file.write(path, newer)
    assert snapshot_file.read(path).revision == 7
    assert [item.name for item in tmp_path.iterdir()] == ["snapshot.json"]


# --- The background thread --------------------------------------------------------------------------------


@pytest.fixture
def watching(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A process that watches as the site does; gives the folder of its file."""
    settings.DATA_DIR = tmp_path
    settings.SNAPSHOT_WATCH = True
    snapshots.begin_anew()
    with mock.patch.object(snapshots, "SECONDS_BETWEEN_LOOKS", 0.05):
        yield tmp_path
        snapshots.stop_watching()
    snapshots.begin_anew()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)


def test_a_change_is_noticed_in_the_background_and_kept_as_a_file(
    committed_database: str, watching: Path
) -> None:
    first = snapshots.current()
    assert snapshot_file.read(watching / "snapshot.json").revision == first.revision
    execute("UPDATE occupations_source SET title = 'Another title' WHERE id = 'S-01'")
    wait_until(lambda: snapshots.current().revision == first.revision + 1)
    wait_until(lambda: snapshot_file.read(watching / "snapshot.json").revision == first.revision + 1)
    assert snapshots.current().editions[OFFICIAL].citations["F-01"][0].title == "Another title"


def test_the_request_s_own_connection_is_never_used(committed_database: str, watching: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        snapshots.current()
        snapshots.rulebook()
    assert len(queries) == 0


def test_what_is_held_stays_when_the_database_goes_and_follows_when_it_is_back(
    committed_database: str, watching: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "occupations.snapshots")
    first = snapshots.current()
    execute("ALTER TABLE occupations_datarevision RENAME TO away")
    wait_until(lambda: "cannot be read from the database" in caplog.text)
    assert snapshots.current() is first
    execute("ALTER TABLE away RENAME TO occupations_datarevision")
    wait_until(lambda: "can be read from the database again" in caplog.text)
    execute("UPDATE occupations_source SET title = 'Another title' WHERE id = 'S-01'")
    wait_until(lambda: snapshots.current().revision > first.revision)


def test_a_process_that_starts_without_the_database_serves_the_file_and_warns(
    committed_database: str, watching: Path, caplog: pytest.LogCaptureFixture, rows: stored.StoredRows
) -> None:
    snapshot_file.write(watching / "snapshot.json", rows)
    execute("ALTER TABLE occupations_datarevision RENAME TO away")
    assert snapshots.current() == build_snapshot(rows.payload, 7)
    assert "Serving the rules from the copy" in caplog.text
    execute("ALTER TABLE away RENAME TO occupations_datarevision")
    wait_until(lambda: snapshots.current().revision == revision())


def test_with_neither_database_nor_file_the_snapshot_is_unavailable(
    committed_database: str, watching: Path
) -> None:
    execute("ALTER TABLE occupations_datarevision RENAME TO away")
    with pytest.raises(SnapshotUnavailable):
        snapshots.current()


def test_a_folder_that_cannot_be_written_does_not_stop_the_rules(
    committed_database: str, watching: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (watching / "a file").write_text("", encoding="utf-8")
    settings.DATA_DIR = watching / "a file"
    assert snapshots.current().editions
    assert "could not be kept" in caplog.text


def test_only_one_thread_watches_however_many_requests_ask(committed_database: str, watching: Path) -> None:
    asking = [threading.Thread(target=snapshots.current) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert [thread.name for thread in threading.enumerate()].count("snapshot-watch") == 1


def test_a_forked_process_starts_a_thread_of_its_own(committed_database: str, watching: Path) -> None:
    snapshots.current()
    child = os.fork()
    if child == 0:
        alive = snapshots.held() is None and not snapshots.is_watching()
        os._exit(0 if alive else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert snapshots.is_watching()
