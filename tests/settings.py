"""The site's settings for tests: a data folder of their own, and no safety after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

# The settings of the developer's shell must not reach the tests; DATABASE_URL may (make test-external).
for _name in (
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "TRUSTED_PROXIES",
    "SINGLE_STAFF_MEMBER",
    "SECURITY_CONTACT",
    "DATABASE_REPLICA_URL",
):
    os.environ.pop(_name, None)
os.environ["SITE_MODE"] = "local"
os.environ["DATA_DIR"] = os.environ.get(
    "TEST_DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test")
)

from cptpp_site.settings import *
from cptpp_site.settings import DATABASES

if "DURABLE" in DATABASES["default"]:
    DATABASES["default"]["DURABLE"] = False

# Tests read the rules in their own connection: snapshots.refresh().
SNAPSHOT_WATCH = False
# Tests share their counts of searches by hand: search_limits.tally.share(). The limit itself is for its own tests.
SEARCH_COUNTS_IN_BACKGROUND = False
SEARCHES_PER_MINUTE = 1_000_000
# Tests see an upload through in their own transaction; the browser's tests use the threads.
IMPORTS_IN_BACKGROUND = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
