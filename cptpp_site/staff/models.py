"""What signing in needs to remember beside Django's own tables."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice

STAFF_LANGUAGES = [("en", "English"), ("fr", "Français")]
"""Languages of the staff's pages, each by its own name; those of visitors are `settings.LANGUAGES`."""


class StaffSession(models.Model):
    """An open sign-in, so that its owner can see it and end it. The session itself is Django's."""

    session_key = models.CharField(max_length=40, primary_key=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_sessions")
    began_at = models.DateTimeField(_("began"))
    browser = models.CharField(_("browser"), max_length=200)

    class Meta:
        verbose_name = _("open sign-in")
        verbose_name_plural = _("open sign-ins")
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.began_at:%Y-%m-%d %H:%M}"


class TemporaryPassword(models.Model):
    """The password of this account was set by somebody else; its owner chooses another at the next sign-in."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="temporary_password"
    )
    set_at = models.DateTimeField(_("set"), auto_now_add=True)

    class Meta:
        verbose_name = _("temporary password")
        verbose_name_plural = _("temporary passwords")

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """A code that takes the place of the telephone once. Only its hash is kept, as of a password.

    All codes of a device have one salt, so that a code that somebody types is hashed once and not ten times.
    """

    device = models.ForeignKey(StaticDevice, on_delete=models.CASCADE, related_name="recovery_codes")
    hashed = models.CharField(max_length=128, editable=False)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return str(self.device_id)


class StaffLanguage(models.Model):
    """The language in which a member of staff reads the staff pages."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="staff_language"
    )
    language = models.CharField(_("language"), max_length=2, choices=STAFF_LANGUAGES)

    class Meta:
        verbose_name = _("language of the staff pages")
        verbose_name_plural = _("languages of the staff pages")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.language}"
