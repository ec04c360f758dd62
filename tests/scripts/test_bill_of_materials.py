"""The bill of materials names what the lock file installs, and the script that we keep ourselves."""

from __future__ import annotations

import re

from scripts import bill_of_materials as made


def test_the_script_of_others_is_on_the_bill_with_its_version() -> None:
    entry = made._htmx()
    assert re.fullmatch(r"2\.0\.\d+", entry["version"])
    assert len(entry["hashes"][0]["content"]) == 64


def test_what_is_read_is_the_lock_file_of_production_with_hashes() -> None:
    text = made.LOCK.read_text(encoding="utf-8")
    assert made.LOCK.name == "run.txt"
    assert len(re.findall(r"^[a-z].*==", text, re.M)) > 20
    assert text.count("--hash=sha256:") > 20
