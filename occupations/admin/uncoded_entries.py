"""List entries that still lack a NOC code."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.edition_rows import NumberedRowAdmin
from occupations.admin.filters import CountryFilter, EditionFilter
from occupations.admin.row_forms import ListLineForm
from occupations.models import UncodedEntry


@admin.register(UncodedEntry)
class UncodedEntryAdmin(NumberedRowAdmin):
    form = ListLineForm
    list_display = ["list_entry", "country", "category", "effect", "certain", "source_checked_on", "edition"]
    list_filter = [EditionFilter, CountryFilter, "category", "effect", "certain"]
    search_fields = ["list_entry", "note"]
