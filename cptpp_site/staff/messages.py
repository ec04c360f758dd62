"""Messages of staff pages travel in a cookie that is bound to this host, as every cookie of ours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest


class HostCookieStorage(CookieStorage):
    """Django's, under a name with our prefix."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.cookie_name = f"{settings.COOKIE_PREFIX}messages"


class StaffMessages(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (HostCookieStorage, SessionStorage)
