"""Accounts, and what django-axes noted of sign-ins. Secrets of telephones and recovery codes have no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from cptpp_site.staff import devices, sessions
from cptpp_site.staff.models import TemporaryPassword
from occupations.admin import home
from occupations.admin.base import AnyAdmin, ReadOnlyAdmin

if TYPE_CHECKING:
    AccountAdmin = UserAdmin[User]
else:
    AccountAdmin = UserAdmin

home.account_links.append(lambda request: home.Link(_("Language"), reverse("admin:my_sign_in") + "#language"))

admin.site.unregister([TOTPDevice, StaticDevice, User])


@admin.register(User)
class StaffAccountAdmin(AccountAdmin):
    """Accounts of staff. Only a superuser can touch a superuser or make one."""

    list_display = [
        "username",
        "first_name",
        "last_name",
        "in_groups",
        "is_active",
        "has_telephone",
        "last_login",
    ]
    list_filter = ["is_active", "groups"]
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "password1",
                    "password2",
                    "groups",
                ),
                "description": gettext_lazy(
                    "Choose a temporary password and hand it over in person or by telephone. At the first "
                    "sign-in its owner sets up the codes and then chooses another password."
                ),
            },
        ),
    )
    actions = ["reset_sign_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups", "totpdevice_set")

    @admin.display(description=gettext_lazy("groups"))
    def in_groups(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=gettext_lazy("codes set up"), boolean=True)
    def has_telephone(self, user: Any) -> bool:
        return any(device.confirmed for device in user.totpdevice_set.all())

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "groups"] + (["is_superuser"] if request.user.is_superuser else [])
        return (
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Rights"), {"fields": rights}),
        )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            TemporaryPassword.objects.get_or_create(user=obj)
        elif not obj.is_active:
            sessions.end(obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 (Django's name)
        response = super().user_change_password(request, id, form_url)
        user = self.get_object(request, id)
        if request.method == "POST" and response.status_code == 302 and user and user.pk != request.user.pk:
            TemporaryPassword.objects.get_or_create(user=user)
            sessions.end(user)
        return response

    @admin.action(
        description=gettext_lazy("Reset sign-in: forget the telephone and the recovery codes"),
        permissions=["change"],
    )
    def reset_sign_in(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        with transaction.atomic():
            for user in queryset:
                if not may_touch(request, user):
                    raise PermissionDenied
                devices.forget(user)
                sessions.end(user)
                self.log_change(request, user, _("Sign-in reset: telephone and recovery codes forgotten."))
        said = ngettext(
            "One person sets up a telephone at the next sign-in.",
            "%(count)d people set up a telephone at the next sign-in.",
            len(queryset),
        )
        self.message_user(request, said % {"count": len(queryset)}, messages.SUCCESS)


def my_sign_in(request: HttpRequest) -> home.Link:
    """Beside the name of the person who is signed in."""
    return home.Link(_("My sign-in"), reverse("admin:my_sign_in"))


home.account_links.append(my_sign_in)


def may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or bool(request.user.is_superuser)


class SignInLogAdmin(ReadOnlyAdmin):
    """Tables of django-axes: read only, and for those who may change accounts."""

    list_display = ["attempt_time", "username", "ip_address", "user_agent"]
    list_filter = ["attempt_time"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return AnyAdmin.has_view_permission(self, request, obj) and request.user.has_perm("auth.change_user")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(AccessAttempt)
class WrongTriesAdmin(SignInLogAdmin):
    """Wrong tries that still count. Deleting a row ends that lock."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start", "user_agent"]
    exclude = ["get_data", "post_data", "http_accept"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("auth.change_user")


@admin.register(AccessLog)
class SignInsAdmin(SignInLogAdmin):
    list_display = ["attempt_time", "username", "ip_address", "logout_time", "user_agent"]
    exclude = ["session_hash", "http_accept"]


@admin.register(AccessFailureLog)
class FailedSignInsAdmin(SignInLogAdmin):
    list_display = ["attempt_time", "username", "ip_address", "locked_out", "user_agent"]
    exclude = ["http_accept"]
