"""Sites that may show the check in a frame. Staff keep the list; while it is empty there is nothing to frame."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# What a browser compares with: scheme, host and port in small letters. No wildcard, no path, no quote or semicolon,
# with which an entry could say more than one origin in a Content-Security-Policy. Plain http only on one's own
# machine, to try it out.
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
ORIGIN = rf"^(https://({LABEL}\.)+{LABEL}|http://(localhost|127\.0\.0\.1))(:[1-9][0-9]{{0,4}})?$"
LARGEST_PORT = 65535


def port_exists(origin: str) -> None:
    """Raises ValidationError for a port beyond the last one."""
    try:
        urlsplit(origin).port  # noqa: B018 (reading it is what checks it)
    except ValueError:
        raise ValidationError(_("Ports go up to %(last)s.") % {"last": LARGEST_PORT}) from None


class EmbeddingSite(models.Model):
    """One origin whose pages may frame `/embed/`."""

    origin = models.CharField(
        _("origin"),
        max_length=200,
        unique=True,
        validators=[
            RegexValidator(
                ORIGIN,
                _(
                    "Write the origin alone, in small letters: https://www.example.org, without a path or a "
                    "slash at the end. Each name has a line of its own; there are no wildcards."
                ),
            ),
            port_exists,
        ],
        help_text=_("Such as https://www.example.org. International names in their xn-- form."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Whose site it is, and who asked for it when.")
    )
    active = models.BooleanField(_("active"), default=True, db_default=True)

    class Meta:
        verbose_name = _("embedding site")
        verbose_name_plural = _("embedding sites")
        ordering = ["origin"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__regex=ORIGIN), name="embedding_site_is_one_origin"
            ),
        ]

    def __str__(self) -> str:
        return self.origin
