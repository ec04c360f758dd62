"""A backup holds one moment; restoring it brings back every table and every answer, or changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from cptpp_site.backups import archive, programs
from cptpp_site.backups.fingerprint import fingerprint
from occupations.models import JobTitle, PeriodInForce
from occupations.snapshots import today
from tests.staff import person


def back_up(folder: Path, **options: object) -> Path:
    call_command("backup", to=folder, stdout=io.StringIO(), **options)
    return max(folder.glob("*.dump"))


def restore(path: Path) -> str:
    said = io.StringIO()
    call_command("restore", str(path), yes=True, stdout=said)
    return said.getvalue()


def test_a_restored_database_has_the_same_checksums_and_gives_the_same_answers(
    committed_database: str, tmp_path: Path
) -> None:
    person("anna")
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=timezone.now())
    before = fingerprint(today())
    assert before.cases
    path = back_up(tmp_path)
    person("boris")
    JobTitle.objects.filter(title__startswith="a").delete()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_over (id integer)")
        cursor.execute("CREATE FUNCTION left_over(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    assert fingerprint(today()).differences(before)

    said = restore(path)

    assert fingerprint(today()).differences(before) == []
    assert "answers to the reference cases" in said
    assert list(User.objects.values_list("username", flat=True)) == ["anna"]
    assert not Session.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'left_over'")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError, match="past"):  # the guards are back too
        PeriodInForce.objects.all().delete()


def test_a_restore_that_fails_half_way_changes_nothing(
    committed_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = back_up(tmp_path)
    person("anna")
    before = fingerprint(today())
    monkeypatch.setattr(archive, "_EMPTY", archive._EMPTY + "SELECT 1 / 0;\n")
    with pytest.raises(CommandError, match="psql failed"):
        restore(path)
    assert fingerprint(today()).differences(before) == []


def test_a_backup_is_private_replaces_older_ones_and_is_refused_when_damaged_or_not_meant(
    committed_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cptpp-check-20200101T000000Z.dump").write_bytes(b"old")
    path = back_up(tmp_path, keep=1)
    assert [found.name for found in tmp_path.glob("*.dump")] == [path.name]
    assert {found.stat().st_mode & 0o777 for found in tmp_path.iterdir()} == {0o600}

    monkeypatch.setattr("builtins.input", lambda question: "yes")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(path), stdout=io.StringIO())

    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(CommandError, match="damaged"):
        restore(path)


def test_programs_older_than_the_server_are_never_chosen() -> None:
    chosen = programs.programs_for(15)
    assert programs._version(chosen) >= 15
    with pytest.raises(programs.BackupError, match="apt install postgresql-client-99"):
        programs.programs_for(99)
