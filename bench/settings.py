"""The site's settings with two addresses more: the bare view and the plain wizard that pages are measured beside."""

from __future__ import annotations

from cptpp_site import settings as site
from cptpp_site.settings import *  # noqa: F403 (settings are made to be extended so)

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = [*site.ALLOWED_HOSTS, "127.0.0.1", "testserver"]
TEMPLATES = [
    site.TEMPLATES[0] | {"DIRS": [site.BASE_DIR / "templates", site.BASE_DIR / "bench" / "templates"]}
]
