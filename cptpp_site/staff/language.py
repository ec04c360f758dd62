"""In which language a member of staff reads the staff pages: chosen once, kept with the account.

Staff pages have no prefix of a language. The session carries the choice, so that no page has to look it up.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cptpp_site.staff import pending
from cptpp_site.staff.models import STAFF_LANGUAGES, StaffLanguage
from eligibility.languages import accepted_language

SESSION_KEY: Final = "staff_language"


def language_for(request: HttpRequest) -> str:
    """What was chosen; before that, what the browser asks for, where staff pages have it."""
    wanted = request.session.get(SESSION_KEY) or accepted_language(request)
    return wanted if wanted in dict(STAFF_LANGUAGES) else settings.LANGUAGE_CODE


@receiver(user_logged_in, dispatch_uid="staff language")
def recall(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """Put what the account chose before into the new session."""
    chosen = StaffLanguage.objects.filter(user=user).values_list("language", flat=True).first()
    if request is not None and chosen is not None:
        request.session[SESSION_KEY] = chosen


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that was asked for; any other is no choice."""
    language = request.POST.get("language", "")
    if language in dict(STAFF_LANGUAGES):
        StaffLanguage.objects.update_or_create(user=pending.whose(request), defaults={"language": language})
        request.session[SESSION_KEY] = language
        with translation.override(language):
            messages.success(request, _("Staff pages are in this language from now on."))
    return redirect("admin:my_sign_in")
