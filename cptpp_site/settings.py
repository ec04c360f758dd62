"""Settings of the site, all from the environment (README.md lists every variable)."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


SITE_MODE = os.environ.get("SITE_MODE", "production")
if SITE_MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"SITE_MODE is {SITE_MODE!r}; set it to 'local' or 'production'.")
IS_PRODUCTION = SITE_MODE == "production"

DEBUG = _flag("DEBUG")

# --- Applications -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "formtools",
    "django_htmx",
    "occupations",
    "eligibility",
    "cptpp_site",
]
