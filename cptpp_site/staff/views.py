"""The pages of signing in: password, code, setting up a telephone, recovery codes."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as keep_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from cptpp_site.staff import devices, lockout, pending
from cptpp_site.staff.forms import CodeForm, PasswordForm, ReplaceForm, SetUpForm
from occupations.history import acting

NEW_CODES: Final = "staff_new_codes"


class PasswordView(LoginView):
    """The first step. A right password signs nobody in: it leads to the code."""

    template_name = "admin/login.html"
    authentication_form = PasswordForm

    def form_valid(self, form: Any) -> HttpResponseRedirect:
        user: User = form.get_user()
        pending.begin(self.request, user, self.get_success_url())
        return redirect("admin:code" if devices.telephone_of(user) else "admin:set_up")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            "app_path": self.request.get_full_path(),
            "title": _("Sign in"),
            **super().get_context_data(**kwargs),
        }

    def get_default_redirect_url(self) -> str:
        return settings.STAFF_PATH


def page(request: HttpRequest, name: str, title: str, **context: Any) -> TemplateResponse:
    """A page of signing in, which no cache keeps."""
    return TemplateResponse(
        request, f"admin/sign_in/{name}.html", {**admin.site.each_context(request), "title": title, **context}
    )


def start_again(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        messages.info(request, _("Please begin with your name and password."))
    return redirect("admin:index")


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step of everybody who has a telephone set up."""
    who = pending.waiting(request)
    if who is None:
        return start_again(request)
    with acting(who.user, where=request.path):
        return _code(request, who)


def _code(request: HttpRequest, who: pending.Pending) -> HttpResponse:
    if devices.telephone_of(who.user) is None:
        return redirect("admin:set_up")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if lockout.is_locked(request, who.user):
            return lockout.locked_out(request, credentials={"username": who.user.get_username()})
        checked = devices.check(who.user, form.cleaned_data["code"])
        if checked.device:
            pending.finish(request, who, checked.device)
            say_how_many_are_left(request, who.user, checked)
            return redirect(who.next_page)
        explain_wrong_code(request, who.user, form, checked)
    return page(request, "code", _("Enter your code"), form=form, who=who.user)


def say_how_many_are_left(request: HttpRequest, user: User, checked: devices.Checked) -> None:
    """After a recovery code: it is used up, and how many there still are."""
    if not isinstance(checked.device, TOTPDevice):
        left = devices.recovery_codes_left(user)
        said = _("That recovery code is used up. You have %(left)d left; make new ones in good time.")
        messages.warning(request, said % {"left": left})


def explain_wrong_code(request: HttpRequest, user: User, form: Form, checked: devices.Checked) -> None:
    """Say what was wrong. While the device waits nothing was compared, so nothing is counted either."""
    if checked.blocked_until:
        until = date_format(timezone.localtime(checked.blocked_until), "H:i:s")
        form.add_error(
            "code", _("After a wrong code the next one counts from %(time)s on.") % {"time": until}
        )
        return
    lockout.count_wrong_code(request, user)
    form.add_error(
        "code",
        _(
            "This code is not right. Each code works once and for half a minute; check your telephone's clock."
        ),
    )


@never_cache
@csrf_protect
@sensitive_post_parameters("code", "password")
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up a telephone: at the first sign-in, or another one later, then with the password again."""
    who = pending.waiting(request)
    if who is None and not admin.site.has_permission(request):
        return start_again(request)
    if who is not None and devices.telephone_of(who.user):
        return redirect("admin:code")
    user = who.user if who else pending.whose(request)
    with acting(user, where=request.path):
        return _set_up(request, who, user)


def _set_up(request: HttpRequest, who: pending.Pending | None, user: User) -> HttpResponse:
    device = devices.new_telephone(user)
    form = (SetUpForm if who else ReplaceForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if lockout.is_locked(request, user):
            return lockout.locked_out(request, credentials={"username": user.get_username()})
        if confirmed(request, user, form, device):
            if who:
                pending.finish(request, who, device)
            else:
                keep_device(request, device)
            request.session[NEW_CODES] = devices.new_recovery_codes(user)
            return redirect("admin:recovery_codes")
    return page(
        request, "set_up", _("Set up your telephone"), form=form, who=user, secret=devices.secret(device)
    )


def confirmed(request: HttpRequest, user: User, form: Form, device: TOTPDevice) -> bool:
    """Whether password (where asked) and first code are right; else the form says what is not."""
    if "password" in form.fields and not user.check_password(form.cleaned_data["password"]):
        lockout.count_wrong_code(request, user)
        form.add_error("password", _("This is not your password."))
        return False
    checked = devices.check_with(user, device, form.cleaned_data["code"])
    if not checked.device:
        explain_wrong_code(request, user, form, checked)
        return False
    devices.confirm(device)
    return True


@never_cache
def set_up_picture(request: HttpRequest) -> HttpResponse:
    """The square that the telephone reads."""
    who = pending.waiting(request)
    if who is not None and devices.telephone_of(who.user) is None:
        user = who.user
    elif admin.site.has_permission(request):
        user = pending.whose(request)
    else:
        return start_again(request)
    with acting(user, where=request.path):
        device = devices.new_telephone(user)
    return HttpResponse(devices.picture(device), content_type="image/svg+xml")
