"""The site with the security settings of production, inside the process of the tests."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.test import Client, override_settings

HOST = "check.example.org"
ENVIRONMENT = {
    "SITE_MODE": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": HOST,
    "TRUSTED_PROXIES": "1",
}
SECURITY = (
    "SECURE_",
    "SESSION_COOKIE_",
    "CSRF_",
    "LANGUAGE_COOKIE_",
    "COOKIE_PREFIX",
    "CONTENT_SECURITY_POLICY",
)
OTHERS = {"IS_PRODUCTION", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "MIDDLEWARE", "X_FRAME_OPTIONS"}


def settings() -> dict[str, Any]:
    """What `cptpp_site/settings.py` itself says in production, as far as it concerns security."""
    path = Path(__file__).resolve().parent.parent / "cptpp_site" / "settings.py"
    spec = importlib.util.spec_from_file_location("production_settings", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(os.environ, ENVIRONMENT):
        spec.loader.exec_module(module)
    return {
        name: value
        for name, value in vars(module).items()
        if name.isupper() and (name.startswith(SECURITY) or name in OTHERS)
    }


@contextmanager
def site() -> Iterator[None]:
    """Within it the site is in production. Make clients inside: each reads the settings once."""
    with override_settings(**settings()):
        yield


def client(**more: Any) -> Client:
    """A visitor behind our one proxy, which ends TLS."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    return Client(headers=headers, raise_request_exception=False, **more)
