"""The site's settings for a server whose clock is a day ahead: what a planned edition will answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cptpp_site.settings import *

_now = timezone.now


def _tomorrow() -> datetime:
    return _now() + timedelta(days=1)


timezone.now = _tomorrow
