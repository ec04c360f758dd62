"""The comparison of two editions, on screen and on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from occupations.admin.publishing.base import page, staff_page
from occupations.admin.publishing.forms import CompareForm
from occupations.comparing import Comparison, compare
from occupations.models import Edition, PeriodInForce
from occupations.snapshots import today


@staff_page
def compare_page(request: HttpRequest) -> HttpResponse:
    """`?before=&after=&country=`: what differs; without editions, the one in force and the newest other one."""
    before, after = _chosen(request, "before"), _chosen(request, "after")
    likely = _likely()
    before, after = before or likely[0], after or likely[1]
    found = compare(before, after) if before and after else None
    country = request.GET.get("country", "")
    countries = found.countries if found else []
    form = CompareForm(
        countries, initial={"before": before, "after": after, "country": country}, auto_id="compare_%s"
    )
    shown = found
    if found is not None and country in dict(countries):
        shown = found.of_country(country)
    return page(
        request,
        "compare.html",
        _("Compare two editions"),
        {
            "form": form,
            "comparison": shown,
            "country": dict(countries).get(country, ""),
            "elsewhere": _elsewhere(found, shown),
            "printed_at": timezone.localtime(),
        },
    )


def _elsewhere(found: Comparison | None, shown: Comparison | None) -> int:
    """How many changes the choice of a country hides."""
    return 0 if found is None or shown is None else found.count() - shown.count()


def _chosen(request: HttpRequest, name: str) -> Edition | None:
    return Edition.objects.filter(pk=request.GET.get(name, "")).first()


def _likely() -> tuple[Edition | None, Edition | None]:
    """The edition that decides today, and a draft, or else any other edition."""
    present = next((p for p in PeriodInForce.objects.all() if today() in p.days), None)
    before = Edition.objects.filter(pk=present.edition_id).first() if present else Edition.objects.first()
    others = Edition.objects.exclude(pk=before.pk if before else "")
    unfinished = others.filter(state__in=["in_review", "draft"])
    return before, unfinished.first() or others.first()
