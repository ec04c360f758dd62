"""Documents, numbered facts and translated texts; visitors see a change at once."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import ExplainingAdmin, ReadOnlyAdmin
from occupations.admin.texts import TextsAdmin
from occupations.models import Fact, Source, Translation


@admin.register(Source)
class SourceAdmin(ExplainingAdmin):
    list_display = ["id", "title", "publisher", "dated", "read_on", "url"]
    list_filter = ["publisher"]
    search_fields = ["id", "title", "publisher"]


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ["id", "title", "confidence"]
    list_filter = ["confidence"]
    search_fields = ["id", "title"]


@admin.register(Translation)
class TranslationAdmin(TextsAdmin):
    list_display = ["context", "language", "english", "text"]
    list_filter = ["language", "context"]
    search_fields = ["english", "text"]
