"""Synonyms for the occupation search, which staff keep; a change raises the public revision."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

TABLE = "occupations_occupationsynonym"
REVISION = f"""
CREATE TRIGGER revision_insert AFTER INSERT ON {TABLE}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
CREATE TRIGGER revision_update AFTER UPDATE ON {TABLE}
    REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
CREATE TRIGGER revision_delete AFTER DELETE ON {TABLE}
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
CREATE TRIGGER revision_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
"""
UNDO = "\n".join(
    f"DROP TRIGGER revision_{kind} ON {TABLE};" for kind in ("insert", "update", "delete", "truncate")
)


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="OccupationSynonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French"), ("es", "Spanish"), ("ja", "Japanese")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "phrase",
                    models.CharField(
                        help_text='As people write it. Join masculine and feminine with "/": ingeniero/ingeniera civil.',
                        max_length=120,
                        verbose_name="phrase",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        help_text="Who says so, or what led to it: an Australian title.",
                        max_length=200,
                        verbose_name="why",
                    ),
                ),
                ("source", models.CharField(default="our own", max_length=120, verbose_name="source")),
                (
                    "hidden",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Not searched. Hide a shipped row rather than delete it: an update would bring it back.",
                        verbose_name="hidden",
                    ),
                ),
                (
                    "unit_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="synonyms",
                        to="occupations.unitgroup",
                        verbose_name="unit group",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["language", "phrase"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit_group", "language", "phrase"), name="occupation_synonym_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phrase", ""), _negated=True),
                        name="occupation_synonym_has_a_phrase",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REVISION, UNDO),
    ]
