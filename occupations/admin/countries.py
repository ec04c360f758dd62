"""Countries of an edition: covered or not, accepted statuses, visa and eTA. And their names."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import ExplainingAdmin
from occupations.admin.edition_rows import EditionRowAdmin
from occupations.admin.filters import CountryFilter, EditionFilter
from occupations.admin.row_forms import CountryForm
from occupations.models import Country, CountryName


@admin.register(Country)
class CountryAdmin(EditionRowAdmin):
    form = CountryForm
    list_display = [
        "country",
        "covered",
        "statuses",
        "spouse_statuses",
        "visa_exempt",
        "eta",
        "note",
        "source_checked_on",
        "edition",
    ]
    list_filter = [EditionFilter, CountryFilter, "covered", "visa_exempt", "eta"]
    search_fields = ["country", "note"]


@admin.register(CountryName)
class CountryNameAdmin(ExplainingAdmin):
    list_display = ["name", "country", "language"]
    list_filter = ["language"]
    search_fields = ["country", "name"]
