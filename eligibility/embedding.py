"""The card that consultants' sites show in a frame; it opens the check in a tab of its own.

Why not the questions themselves in the frame: docs/decisions/0013-embedding.md.
"""

from __future__ import annotations

import logging

from csp.decorators import csp_replace
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from eligibility.models import EmbeddingSite

logger = logging.getLogger(__name__)


@require_safe
@xframe_options_exempt
def card(request: HttpRequest) -> HttpResponseBase:
    """The card, for frames of the allowed origins only. Raises Http404 while there are none."""
    allowed = _allowed_origins()
    if not allowed:
        raise Http404("No site may show the card.")
    context = {"check_url": reverse("check"), "privacy_url": reverse("privacy")}
    # This page alone may be framed, and by these alone. X-Frame-Options, which knows no list, is left out above.
    framed = csp_replace({"frame-ancestors": allowed})
    response = framed(lambda request: render(request, "embed.html", context))(request)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)  # A change of the list holds at once.
    return response


def _allowed_origins() -> list[str]:
    """Origins of the active sites; none while the database cannot be asked, for nobody may then be let in."""
    try:
        return list(EmbeddingSite.objects.filter(active=True).values_list("origin", flat=True))
    except DatabaseError as error:
        logger.warning("The list of embedding sites cannot be read: %s", error)
        return []
