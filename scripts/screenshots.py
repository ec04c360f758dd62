"""Pictures of every page in every state: `make screenshots` writes them to `screenshots/`, for people to look at.

`python -m scripts.screenshots [words]` draws only states whose names contain one of the words. Each is drawn at two
widths, in light and dark colours; results are printed to PDF too. The states are those of the browser tests.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page, PdfMargins, sync_playwright

from scripts import chromium
from tests import live
from tests.browser.gallery import SCHEMES, SIZES, Gallery
from tests.browser.states import STATES, State

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
NO_SERVER = "postgresql://nobody@127.0.0.1:1/none"


@contextmanager
def _sites() -> Iterator[tuple[str, str]]:
    """The addresses of the site on its own database, and of one without rules."""
    call_command("migrate", verbosity=0)
    call_command("load_data", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder)
        (empty / "static").symlink_to(settings.STATIC_ROOT)
        data = live.environment_for(settings.DATABASE_URL or "", settings.DATA_DIR)
        no_rules = live.environment_for(NO_SERVER, empty)
        with live.gunicorn(data, empty / "1.log") as base, live.gunicorn(no_rules, empty / "2.log") as other:
            yield base, other


def _draw(gallery: Gallery, state: State) -> None:
    page = gallery.open(state).page
    name = state.name.replace(" ", "-")
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=FOLDER / size / scheme / f"{name}.png", full_page=True)
    if name.startswith(("result", "summary")):
        _print(page, FOLDER / "print" / f"{name}.pdf")


MARGIN: PdfMargins = {"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"}


def _print(page: Page, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    page.pdf(path=path, format="Letter", margin=MARGIN)


def main(words: list[str]) -> int:
    """Draw the states; returns the exit status."""
    chosen = [one for one in STATES if not words or any(word in one.name for word in words)]
    if not words:
        shutil.rmtree(FOLDER, ignore_errors=True)
    with sync_playwright() as playwright, _sites() as (base, other):
        browser = playwright.chromium.launch(
            executable_path=str(chromium.find_or_explain()), args=chromium.launch_flags()
        )
        gallery = Gallery(browser.new_context(reduced_motion="reduce").new_page(), base, other)
        for state in chosen:
            _draw(gallery, state)
        browser.close()
    sys.stdout.write(f"Drew {len(chosen)} states into {FOLDER}.\n")
    return 0


if __name__ == "__main__":
    # Playwright's loop runs in this thread, and Django takes every query beside a loop for a mistake.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cptpp_site.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    django.setup()
    sys.exit(main(sys.argv[1:]))
