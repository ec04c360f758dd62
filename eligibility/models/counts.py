"""How many requests a client has made of late. Rows live for minutes and name nobody."""

from __future__ import annotations

from django.db import models


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
