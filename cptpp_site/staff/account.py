"""What signed-in staff see of their own sign-in: telephone, recovery codes, open sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from cptpp_site.staff import devices, pending, sessions
from cptpp_site.staff.models import STAFF_LANGUAGES
from cptpp_site.staff.views import NEW_CODES, page


@sensitive_variables("codes")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes are shown until their owner says that they are kept; POST `new` makes others."""
    user = pending.whose(request)
    if request.method == "POST":
        if "new" in request.POST:
            request.session[NEW_CODES] = devices.new_recovery_codes(user)
            return redirect("admin:recovery_codes")
        request.session.pop(NEW_CODES, None)
        return redirect("admin:index")
    codes = request.session.get(NEW_CODES)
    if codes is None:
        return redirect("admin:my_sign_in")
    return page(request, "recovery_codes", _("Keep your recovery codes"), codes=codes, who=user)


def recovery_file(request: HttpRequest) -> HttpResponse:
    """The new codes as a text file, while they are shown."""
    codes = request.session.get(NEW_CODES)
    if codes is None:
        messages.info(request, _("Recovery codes are shown only once. Make new ones if you lost them."))
        return redirect("admin:my_sign_in")
    head = _("CPTPP Check, recovery codes of %(name)s. Each works once.") % {
        "name": request.user.get_username()
    }
    text = "\n".join([head, "", *codes, ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="cptpp-check-recovery-codes.txt"'
    response.headers["Cache-Control"] = "no-store"
    return response


def my_sign_in(request: HttpRequest) -> HttpResponse:
    """The telephone, the recovery codes that are left, the open sign-ins; POST ends all but this one."""
    user = pending.whose(request)
    here = request.session.session_key
    if request.method == "POST":
        ended = sessions.end(user, but=here)
        said = ngettext("%(count)d other sign-in was ended.", "%(count)d other sign-ins were ended.", ended)
        messages.success(request, said % {"count": ended})
        return redirect("admin:my_sign_in")
    return page(
        request,
        "my_sign_in",
        _("My sign-in"),
        telephone=devices.telephone_of(user),
        codes_left=devices.recovery_codes_left(user),
        sessions=sessions.open_sessions(user),
        here=here,
        languages=STAFF_LANGUAGES,
    )
