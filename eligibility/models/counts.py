"""Numbers that name nobody: how many requests a client has made of late, and what happened on a day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestCount(models.Model):
    """Requests of one client for one thing since `since`; written by `eligibility.rate_limits` alone."""

    key = models.CharField(primary_key=True, max_length=64, editable=False)
    """A keyed hash of the limit's name and the client's network: not to be turned back into an address."""
    since = models.DateTimeField(db_index=True, editable=False)
    count = models.PositiveIntegerField(editable=False)

    class Meta:
        verbose_name = "request count"

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M:%S}"


class DailyCount(models.Model):
    """How often something happened on a day in Toronto, by country and outcome; about nobody in particular."""

    class Event(models.TextChoices):
        BEGUN = "begun", _("begun")
        FINISHED = "finished", _("finished")

    day = models.DateField(_("day"))
    event = models.CharField(_("event"), max_length=10, choices=Event)
    country = models.CharField(_("country"), max_length=10, blank=True)
    """Code of a country of the edition, `other`, or empty where it is not known yet."""
    outcome = models.CharField(_("outcome"), max_length=25, blank=True)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(fields=["day", "event", "country", "outcome"], name="daily_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.event} {self.country} {self.outcome}: {self.number}"
