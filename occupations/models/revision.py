"""Which state of the tables this is, and which shipped files are in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataRevision(models.Model):
    """One row; the database itself raises `number` with every change that visitors could see."""

    number = models.BigIntegerField(_("number"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("data revision")
        verbose_name_plural = _("data revision")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="data_revision_is_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class LoadedFile(models.Model):
    """A shipped file as it was when `load_data` stored it."""

    file = models.CharField(_("file"), max_length=200, primary_key=True)
    sha256 = models.CharField(_("digest"), max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")
        ordering = ["file"]

    def __str__(self) -> str:
        return self.file
