"""Find Chromium for the browser tests, or install it: `python -m scripts.chromium` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
QUIET_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
"""Nothing of the browser's own leaves the machine, and a machine without a network does not slow it."""


class NoChromiumError(Exception):
    """There is no Chromium; the message is a sentence that says what to do."""


def find() -> Path | None:
    """`CHROMIUM`, else the usual names on PATH, else what Playwright has. Raises `NoChromiumError`."""
    if given := os.environ.get("CHROMIUM"):
        found = shutil.which(given)
        if found is None:
            raise NoChromiumError(
                f"CHROMIUM is {given!r}, which is no program. Set it to the path of Chromium."
            )
        return Path(found)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _of_playwright()


def find_or_explain() -> Path:
    """What `find` gives. Raises `NoChromiumError` where that is nothing."""
    if found := find():
        return found
    raise NoChromiumError(
        "The browser tests need Chromium, and it is neither here nor could it be installed. "
        "Install Chromium, or set CHROMIUM to the path of one."
    )


def launch_flags() -> list[str]:
    """Flags for tests. Chromium's sandbox refuses root, so it is off for root and only for root."""
    return [*QUIET_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def install() -> None:
    """As root by apt where there is apt, else Playwright's own. What they say goes to stderr."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = " ".join(DEBIAN_PACKAGES)
        _say(
            f"Installing Chromium for the browser tests (apt-get install {packages}, about half a minute) ..."
        )
        quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        _run([*quiet, "update"])
        if _run([*quiet, "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]):
            return
    _say("Installing Chromium for the browser tests (playwright install chromium) ...")
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdout=sys.stderr, env=environment, check=False)  # noqa: S603 (fixed)
    return done.returncode == 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def main() -> int:
    try:
        if find() is None:
            install()
        sys.stdout.write(f"{find_or_explain()}\n")
    except NoChromiumError as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
