"""Imports: the record of those that were done, and uploads that wait for a confirmation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """One import that changed something: who, when, why and from which files. The database keeps it as it is."""

    kind = models.CharField(_("kind"), max_length=60)
    target = models.CharField(_("what"), max_length=100)
    files = models.JSONField(_("files"), help_text=_("Name, SHA-256 and size of each file."))
    who = models.CharField(_("who"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    added = models.PositiveIntegerField(_("rows added"), default=0)
    changed = models.PositiveIntegerField(_("rows changed"), default=0)
    removed = models.PositiveIntegerField(_("rows removed"), default=0)
    said = models.JSONField(_("report"), default=list)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.target}"


class UploadState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    REFUSED = "refused", _("refused")
    CHECKED = "checked", _("waits for confirmation")
    STORING = "storing", _("being stored")
    STORED = "stored", _("stored")
    FAILED = "failed", _("failed, nothing stored")


class Upload(models.Model):
    """Files that somebody has sent and not confirmed yet. Its key cannot be guessed and serves its owner only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("owner"))
    reason = models.CharField(_("reason"), max_length=300)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=UploadState, default=UploadState.CHECKING)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows in all"), default=0)
    report = models.JSONField(_("report"), null=True, blank=True)
    digest = models.CharField(_("digest of the report"), max_length=64, blank=True)
    flaws = models.JSONField(_("flaws"), default=list)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    seen_working_at = models.DateTimeField(_("last sign of work"), auto_now_add=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class UploadedFile(models.Model):
    """One file of an upload, compressed. It is deleted when the import is done or given up."""

    upload = models.ForeignKey(
        Upload, on_delete=models.CASCADE, related_name="files", verbose_name=_("upload")
    )
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
