"""`/.well-known/security.txt`: where to report a weakness (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

DAYS_VALID = 180
"""The file says until when it may be believed; it is written anew at each request."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Raises Http404 while nobody is named: a file without a contact would be worse than none."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT names nobody.")
    expires = (datetime.now(UTC) + timedelta(days=DAYS_VALID)).replace(
        microsecond=0, hour=0, minute=0, second=0
    )
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, fr",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    )
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
