"""Countries of an edition: covered or not, accepted statuses, visa and eTA."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import EditionRowAdmin
from occupations.models import Country


@admin.register(Country)
class CountryAdmin(EditionRowAdmin):
    list_display = ["country", "edition", "covered", "statuses", "visa_exempt", "eta", "note"]
    list_filter = ["edition", "covered", "visa_exempt"]
    search_fields = ["country", "note"]
