"""What staff are told while the database is away. Visitors go on from memory and never get here.

It is the handler of errors rather than a middleware: the session asks the database before any view is reached, and what
a middleware raises Django hands to this handler only.
"""

from __future__ import annotations

import re
import sys
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

from cptpp_site import logs
from cptpp_site.staff.models import STAFF_LANGUAGES
from eligibility.languages import accepted_language
from occupations import snapshots
from occupations.outages import broke_at_commit, is_away

SECONDS_UNTIL_RETRY: Final = 30
SIGN_IN: Final = ("login", "code", "set_up", "recovery_codes", "my_sign_in", "password_change", "logout")
"""Pages whose forms hold passwords and codes: what was sent to them is in no page again."""
SECRET: Final = re.compile("password", re.IGNORECASE)
UNREADABLE: Final = (
    MultiPartParserError,
    OSError,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    UnreadablePostError,
)


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """Status 503 with the staff's page when the database is away; for everything else the site's page, status 500."""
    error = sys.exc_info()[1]
    # Only staff pages have a session, and it has it from before anything could fail.
    if error is None or not hasattr(request, "session") or not is_away(error):
        return server_error(request)
    with translation.override(_language(request)):
        text = render_to_string("admin/database_away.html", _context(request, error))
        response = HttpResponse(text, status=503)
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    response["Retry-After"] = str(SECONDS_UNTIL_RETRY)
    response["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, error: BaseException) -> dict[str, Any]:
    """Nothing here may ask the database: neither who is signed in nor the staff's menu."""
    held = snapshots.held()
    is_change = request.method not in {"GET", "HEAD"}
    return {
        "title": _("The database cannot be reached just now"),
        "user": AnonymousUser(),
        "is_change": is_change,
        "is_doubtful": is_change and broke_at_commit(error),
        "again": _what_was_sent(request) if is_change else [],
        "address": request.get_full_path(),
        "visitors_go_on": held is not None,
        "revision": held.snapshot.revision if held else None,
        "request_id": logs.request_id.get(),
    }


def _what_was_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the form, to be sent again; nothing where it holds a secret, a file or is too large.

    The token is the one that came with it: a form that a stranger made would be refused the second time too.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return []
    if request.path in {reverse(f"admin:{name}") for name in SIGN_IN}:
        return []
    try:
        sent, files = request.POST, request.FILES
    except UNREADABLE:
        return []
    if files or any(SECRET.search(name) for name in sent):
        return []
    return [(name, str(value)) for name, values in sent.lists() for value in values]


def _language(request: HttpRequest) -> str:
    """The page's own, where it got so far; else what the browser asks for, since the session cannot be read."""
    wanted = getattr(request, "LANGUAGE_CODE", None) or accepted_language(request)
    return wanted if wanted in dict(STAFF_LANGUAGES) else settings.LANGUAGE_CODE
