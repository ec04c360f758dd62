"""The official wages file at full size: how long an import takes and how much memory it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from occupations.models import Wage
from tests import databases
from tests.live import ROOT
from tests.occupations.importing import official

MOST_MEMORY = 300 * 1024 * 1024
MOST_SECONDS = 60
IMPORT = """
import json, sys, time
import django
django.setup()
from pathlib import Path
from occupations.importing import running
from occupations.importing.files import SourceFile
from occupations.models import WageVintage
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
WageVintage.objects.count()
before = peak()
began = time.monotonic()
path = Path(sys.argv[1])
report = running.store("wages", [SourceFile(path.name, path.read_bytes())], {}, who="anna", reason="full size")
print(json.dumps({"seconds": time.monotonic() - began, "grown": peak() - before, "added": report.added}))
"""


def test_a_full_file_is_imported_within_a_minute_and_300_megabytes(
    committed_database: str, tmp_path: Path
) -> None:
    table = official.wages()
    path = tmp_path / table.name
    path.write_bytes(table.bytes())
    assert len(table.rows) == 44_376
    assert 16_000_000 < path.stat().st_size < 20_000_000
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["DATABASE_URL"] = databases.url_of(committed_database)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"full size: {measured}\n")
    assert measured["added"] == 44_376
    assert 0 < measured["grown"] < MOST_MEMORY
    assert Wage.objects.filter(vintage="2025-2").count() == 44_376
