"""Lines of the occupation lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin.edition_rows import NumberedRowAdmin
from occupations.admin.filters import ConditionFilter, CountryFilter, EditionFilter, TeerFilter
from occupations.admin.row_forms import OccupationRuleForm
from occupations.models import OccupationRule


@admin.register(OccupationRule)
class OccupationRuleAdmin(NumberedRowAdmin):
    form = OccupationRuleForm
    list_display = [
        "list_entry",
        "code",
        "teer",
        "title",
        "country",
        "category",
        "effect",
        "certain",
        "condition",
        "source_checked_on",
        "edition",
    ]
    list_filter = [EditionFilter, CountryFilter, "category", "effect", TeerFilter, ConditionFilter, "certain"]
    list_select_related = ["edition", "unit_group"]
    search_fields = ["unit_group__code", "unit_group__title_en", "unit_group__title_fr", "list_entry", "note"]
    autocomplete_fields = ["unit_group"]
    fieldsets = [
        (gettext_lazy("Where the line stands"), {"fields": ["country", "category", "effect", "list_entry"]}),
        (gettext_lazy("Which work it means"), {"fields": ["unit_group", "teers"]}),
        (gettext_lazy("When it applies"), {"fields": ["when", "unless", "certain"]}),
        (gettext_lazy("Education of its own"), {"fields": ["min_education_years", "education_note"]}),
        (gettext_lazy("What it rests on"), {"fields": ["fact_ids", "confidence", "note"]}),
    ]

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        *others, (title, grounds) = super().get_fieldsets(request, obj)
        shown = [*grounds["fields"], *([] if obj is None else ["grounds"])]
        return [*others, (title, {"fields": shown})]

    @admin.display(description=gettext_lazy("code"), ordering="unit_group__code")
    def code(self, rule: OccupationRule) -> str:
        return "" if rule.unit_group is None else rule.unit_group.code

    @admin.display(description=gettext_lazy("TEER"), ordering="unit_group__teer")
    def teer(self, rule: OccupationRule) -> str:
        if rule.unit_group is not None:
            return str(rule.unit_group.teer)
        return ", ".join(map(str, rule.teers))

    @admin.display(description=gettext_lazy("title"), ordering="unit_group__title_en")
    def title(self, rule: OccupationRule) -> str:
        if rule.unit_group is not None:
            return rule.unit_group.title_en
        return _("every one of TEER %(teers)s") % {"teers": ", ".join(map(str, rule.teers))}

    @admin.display(description=gettext_lazy("condition"))
    def condition(self, rule: OccupationRule) -> str:
        if rule.when and rule.unless:
            return _("only when %(when)s, unless %(unless)s") % {"when": rule.when, "unless": rule.unless}
        if rule.when:
            return _("only when %(when)s") % {"when": rule.when}
        return _("unless %(unless)s") % {"unless": rule.unless} if rule.unless else ""
