"""The history: one row for each change of a row that staff keep, written by triggers of the database alone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What happened to a row."""

    KEPT = "kept", _("there when the history began")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class Change(models.Model):
    """One change of one row. It names its object and its author by value, so that it outlives both.

    Nobody writes here but the triggers: the database refuses INSERT by anybody else, UPDATE, DELETE and TRUNCATE.
    """

    at = models.DateTimeField(_("when"), editable=False)
    action = models.CharField(_("what happened"), max_length=10, choices=Action, editable=False)
    table = models.CharField(_("table"), max_length=63, editable=False)
    row = models.CharField(_("row"), max_length=200, editable=False)
    """The primary key as text."""
    edition = models.CharField(_("edition"), max_length=60, blank=True, editable=False)
    before = models.JSONField(_("before"), null=True, editable=False)
    after = models.JSONField(_("after"), null=True, editable=False)
    """Column -> value, as PostgreSQL writes it in JSON; secrets are replaced."""
    fields = ArrayField(
        models.CharField(max_length=63), verbose_name=_("fields"), default=list, editable=False
    )
    """Columns that differ, of a change."""
    account = models.BigIntegerField(_("account"), null=True, editable=False)
    who = models.CharField(_("who"), max_length=150, blank=True, editable=False)
    """The name of the account then; empty for SQL from elsewhere."""
    role = models.CharField(_("database role"), max_length=63, editable=False)
    why = models.TextField(_("why"), blank=True, editable=False)
    where = models.CharField(_("where"), max_length=300, blank=True, editable=False)
    """The page or the command."""
    batch = models.UUIDField(_("batch"), null=True, editable=False)
    """The same for everything that one request or one run of a command did."""

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history")
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["table", "row", "-id"], name="change_of_a_row"),
            models.Index(fields=["edition", "table", "-id"], name="change_of_an_edition"),
            models.Index(fields=["-at"], name="change_at"),
            models.Index(fields=["who", "-id"], name="change_by"),
            models.Index(fields=["batch"], name="change_in_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.table} {self.row} {self.action}"
