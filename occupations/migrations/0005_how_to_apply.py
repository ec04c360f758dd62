"""How to apply, fees, permit terms and advice, which staff keep; a change raises the public revision."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

TABLES = ("applicationroute", "applicationrule", "adviceline", "fee", "permitterm")
SEEN = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to",
    "DELETE": "REFERENCING OLD TABLE AS changed",
}


def triggers(table: str) -> str:
    statements = [
        f"CREATE TRIGGER revision_{kind.lower()} AFTER {kind} ON occupations_{table} {seen} "
        "FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();"
        for kind, seen in SEEN.items()
    ]
    statements.append(
        f"CREATE TRIGGER revision_truncate BEFORE TRUNCATE ON occupations_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();"
    )
    return "\n".join(statements)


def without_triggers(table: str) -> str:
    return "\n".join(
        f"DROP TRIGGER revision_{kind} ON occupations_{table};"
        for kind in ("insert", "update", "delete", "truncate")
    )


REVISION = "\n".join(map(triggers, TABLES))
UNDO = "\n".join(map(without_triggers, TABLES))


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0004_other_door"),
    ]

    operations = [
        migrations.AlterField(
            model_name="translation",
            name="context",
            field=models.CharField(
                choices=[
                    ("edition.title", "edition.title"),
                    ("edition.summary", "edition.summary"),
                    ("edition.short_name", "edition.short_name"),
                    ("country.note", "country.note"),
                    ("condition.question", "condition.question"),
                    ("condition.help", "condition.help"),
                    ("occupation_rule.list_entry", "occupation_rule.list_entry"),
                    ("occupation_rule.note", "occupation_rule.note"),
                    ("occupation_rule.education_note", "occupation_rule.education_note"),
                    ("uncoded_entry.list_entry", "uncoded_entry.list_entry"),
                    ("uncoded_entry.note", "uncoded_entry.note"),
                    ("difference.topic", "difference.topic"),
                    ("difference.says", "difference.says"),
                    ("other_door.name", "other_door.name"),
                    ("other_door.text", "other_door.text"),
                    ("unit_group.title", "unit_group.title"),
                    ("region.name", "region.name"),
                    ("application_route.title", "application_route.title"),
                    ("application_route.what", "application_route.what"),
                    ("application_rule.says", "application_rule.says"),
                    ("advice_line.says", "advice_line.says"),
                    ("fee.label", "fee.label"),
                    ("fee.note", "fee.note"),
                ],
                max_length=40,
                verbose_name="where it stands",
            ),
        ),
        migrations.CreateModel(
            name="ApplicationRoute",
            fields=[
                (
                    "fact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="Numbers of the facts it rests on, with commas between them: F-05, G-05.",
                        size=None,
                        verbose_name="facts",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="slug"),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("what", models.TextField(verbose_name="what it is")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "way to apply",
                "verbose_name_plural": "ways to apply",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="AdviceLine",
            fields=[
                (
                    "fact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="Numbers of the facts it rests on, with commas between them: F-05, G-05.",
                        size=None,
                        verbose_name="facts",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(max_length=60, primary_key=True, serialize=False, verbose_name="slug"),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("step", "step"),
                            ("risk", "risk"),
                            ("time", "processing time"),
                            ("permit", "permit and extension"),
                            ("spouse", "spouse or partner"),
                            ("document", "document"),
                            ("pitfall", "pitfall"),
                            ("afterwards", "after the permit"),
                            ("plan", "plan"),
                        ],
                        max_length=12,
                        verbose_name="part",
                    ),
                ),
                (
                    "any_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="One of these is enough. Empty: shown to everybody.",
                        size=None,
                        verbose_name="shown for",
                    ),
                ),
                (
                    "says",
                    models.TextField(help_text="Short, full sentences to the visitor.", verbose_name="says"),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="Before this day the line is not shown.",
                        null=True,
                        verbose_name="since",
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="checked on")),
                (
                    "hidden",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Not shown. Hide a shipped row rather than delete it: an update would bring it back.",
                        verbose_name="hidden",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for steps, risks and times. Empty: every way to apply.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="occupations.applicationroute",
                        verbose_name="way to apply",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of advice",
                "verbose_name_plural": "lines of advice",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "step",
                                    "risk",
                                    "time",
                                    "permit",
                                    "spouse",
                                    "document",
                                    "pitfall",
                                    "afterwards",
                                    "plan",
                                ],
                            )
                        ),
                        name="advice_line_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "any_of__contained_by",
                                [
                                    "outside_canada",
                                    "in_canada_visitor",
                                    "in_canada_work_permit",
                                    "in_canada_study_permit",
                                    "in_canada_other",
                                    "location_not_said",
                                    "in_canada",
                                    "visa_exempt",
                                    "visa_required",
                                    "visa_not_known",
                                    "eta",
                                    "professional",
                                    "technician",
                                    "offer_arranged",
                                    "offer_missing",
                                    "occupation_named",
                                    "occupation_open",
                                    "status_not_accepted",
                                    "permanent_resident",
                                    "shorter_degree",
                                    "allowances",
                                    "licence_open",
                                    "place_open",
                                    "control_open",
                                    "passport_limits",
                                    "passport_expired",
                                    "partner",
                                    "spouse_open",
                                    "spouse_closed",
                                    "spouse_not_known",
                                ],
                            )
                        ),
                        name="advice_line_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("route__isnull", True), ("part__in", ("step", "risk", "time")), _connector="OR"
                        ),
                        name="advice_line_route_fits_part",
                        violation_error_message="Only a step, a risk or a time belongs to a way to apply.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="Numbers of the facts it rests on, with commas between them: F-05, G-05.",
                        size=None,
                        verbose_name="facts",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "reason",
                    models.SlugField(
                        help_text="A short name, once a route.", max_length=40, verbose_name="reason"
                    ),
                ),
                (
                    "all_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="All of these must be true. Empty: holds for everybody.",
                        size=None,
                        verbose_name="holds for",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("closed", "closed"),
                            ("conditions", "open with conditions"),
                        ],
                        max_length=10,
                        verbose_name="standing",
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        help_text="Why, in short, full sentences to the visitor.", verbose_name="says"
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="Before this day the rule is passed over.",
                        null=True,
                        verbose_name="since",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="occupations.applicationroute",
                        verbose_name="way to apply",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of a way to apply",
                "verbose_name_plural": "rules of ways to apply",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("route", "reason"), name="application_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "all_of__contained_by",
                                [
                                    "outside_canada",
                                    "in_canada_visitor",
                                    "in_canada_work_permit",
                                    "in_canada_study_permit",
                                    "in_canada_other",
                                    "location_not_said",
                                    "in_canada",
                                    "visa_exempt",
                                    "visa_required",
                                    "visa_not_known",
                                    "eta",
                                    "professional",
                                    "technician",
                                    "offer_arranged",
                                    "offer_missing",
                                    "occupation_named",
                                    "occupation_open",
                                    "status_not_accepted",
                                    "permanent_resident",
                                    "shorter_degree",
                                    "allowances",
                                    "licence_open",
                                    "place_open",
                                    "control_open",
                                    "passport_limits",
                                    "passport_expired",
                                    "partner",
                                    "spouse_open",
                                    "spouse_closed",
                                    "spouse_not_known",
                                ],
                            )
                        ),
                        name="application_rule_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standing__in", ["open", "closed", "conditions"])),
                        name="application_rule_standing_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="Numbers of the facts it rests on, with commas between them: F-05, G-05.",
                        size=None,
                        verbose_name="facts",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The same for every amount of this fee.", max_length=40, verbose_name="slug"
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        help_text="From this day on the row takes the place of older ones.",
                        verbose_name="as of",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("label", models.CharField(max_length=120, verbose_name="label")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="amount in Canadian dollars"
                    ),
                ),
                (
                    "payers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        help_text="worker, partner, employer",
                        size=None,
                        verbose_name="paid by",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("permit", "permit"), ("person", "person"), ("offer", "offer")],
                        max_length=10,
                        verbose_name="paid for each",
                    ),
                ),
                (
                    "any_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="One of these is enough. Empty: shown to everybody.",
                        size=None,
                        verbose_name="shown for",
                    ),
                ),
                ("counted", models.BooleanField(verbose_name="part of the usual total")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "fee",
                "verbose_name_plural": "fees",
                "ordering": ["position", "as_of"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "as_of"), name="fee_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="fee_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payers__contained_by", ["worker", "partner", "employer"]),
                            ("payers__len__gt", 0),
                        ),
                        name="fee_payers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["permit", "person", "offer"])), name="fee_unit_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "any_of__contained_by",
                                [
                                    "outside_canada",
                                    "in_canada_visitor",
                                    "in_canada_work_permit",
                                    "in_canada_study_permit",
                                    "in_canada_other",
                                    "location_not_said",
                                    "in_canada",
                                    "visa_exempt",
                                    "visa_required",
                                    "visa_not_known",
                                    "eta",
                                    "professional",
                                    "technician",
                                    "offer_arranged",
                                    "offer_missing",
                                    "occupation_named",
                                    "occupation_open",
                                    "status_not_accepted",
                                    "permanent_resident",
                                    "shorter_degree",
                                    "allowances",
                                    "licence_open",
                                    "place_open",
                                    "control_open",
                                    "passport_limits",
                                    "passport_expired",
                                    "partner",
                                    "spouse_open",
                                    "spouse_closed",
                                    "spouse_not_known",
                                ],
                            )
                        ),
                        name="fee_words_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="Numbers of the facts it rests on, with commas between them: F-05, G-05.",
                        size=None,
                        verbose_name="facts",
                    ),
                ),
                ("slug", models.SlugField(max_length=40, verbose_name="slug")),
                (
                    "as_of",
                    models.DateField(
                        help_text="From this day on the row takes the place of older ones.",
                        verbose_name="as of",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "permit term",
                "verbose_name_plural": "permit terms",
                "ordering": ["slug", "as_of"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "as_of"), name="permit_term_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 1200)),
                        name="permit_term_has_months",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REVISION, UNDO),
    ]
