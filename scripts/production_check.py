"""`manage.py check --deploy` as production would see it; any warning fails. Needs no database."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys


def main() -> int:
    environment = {name: value for name, value in os.environ.items() if name != "DEBUG"} | {
        "SITE_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "check.example.org",
        "TRUSTED_PROXIES": "1",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 (fixed)


if __name__ == "__main__":
    sys.exit(main())
