"""Lines of the occupation lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin.base import EditionRowForm, NumberedRowAdmin
from occupations.models import Condition, Country, OccupationRule


class OccupationRuleForm(EditionRowForm):
    """The country and the conditions that a line names must stand in its own edition."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        edition = cleaned.get("edition") or getattr(self.instance, "edition", None)
        if edition is None:
            return cleaned
        for field in ("when", "unless"):
            slug = cleaned.get(field)
            if slug and not Condition.objects.filter(edition=edition, slug=slug).exists():
                self.add_error(
                    field,
                    forms.ValidationError(_("This edition has no condition with that slug; add it first.")),
                )
        country = cleaned.get("country")
        if country and not Country.objects.filter(edition=edition, country=country).exists():
            self.add_error(
                "country", forms.ValidationError(_("This edition does not know that country; add it first."))
            )
        return cleaned


@admin.register(OccupationRule)
class OccupationRuleAdmin(NumberedRowAdmin):
    form = OccupationRuleForm
    list_display = [
        "list_entry",
        "match",
        "country",
        "category",
        "effect",
        "certain",
        "when",
        "unless",
        "edition",
    ]
    list_filter = ["edition", "country", "category", "effect", "certain"]
    list_select_related = ["edition", "unit_group"]
    search_fields = ["unit_group__code", "unit_group__title_en", "list_entry", "note"]
    autocomplete_fields = ["unit_group"]

    @admin.display(description=gettext_lazy("occupations"), ordering="unit_group__code")
    def match(self, rule: OccupationRule) -> str:
        if rule.unit_group is not None:
            return str(rule.unit_group)
        return _("every one of TEER %(teers)s") % {"teers": ", ".join(map(str, rule.teers))}
