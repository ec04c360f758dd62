"""Fixtures of the browser tests: a watched page, a visitor, and every state on one shared page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests import live
from tests.browser.gallery import Gallery, Opened, watch
from tests.browser.states import STATES, State
from tests.browser.visitor import Visitor

NO_SERVER = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that fails the test on any console message or violation of the content security policy."""
    complaints: list[str] = []
    watch(page, complaints)
    yield page
    assert complaints == []


@pytest.fixture
def visitor(watched: Page, live_site: str) -> Visitor:
    """A visitor with a browser of their own, JavaScript on."""
    return Visitor(watched, live_site)


@pytest.fixture(scope="session")
def site_without_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that reaches no database and has no rules on file."""
    folder: Path = tmp_path_factory.mktemp("without_rules")
    (folder / "static").symlink_to(settings.STATIC_ROOT)
    with live.gunicorn(live.environment_for(NO_SERVER, folder), folder / "server.log") as base:
        yield base


@pytest.fixture(scope="module")
def gallery(browser: Browser, live_site: str, site_without_rules: str) -> Iterator[Gallery]:
    context = browser.new_context(reduced_motion="reduce")
    yield Gallery(context.new_page(), live_site, site_without_rules)
    context.close()


@pytest.fixture(scope="module", params=STATES, ids=lambda state: state.name)
def opened(request: pytest.FixtureRequest, gallery: Gallery) -> Opened:
    """Each state in turn; the tests of a module share the page while it is open."""
    state: State = request.param
    return gallery.open(state)
