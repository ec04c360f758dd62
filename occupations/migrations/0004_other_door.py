"""Other permits to ask about, which staff keep; a change raises the public revision."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = "occupations_otherdoor"
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
        ("occupations", "0003_occupation_synonym"),
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
                ],
                max_length=40,
                verbose_name="where it stands",
            ),
        ),
        migrations.CreateModel(
            name="OtherDoor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        help_text="Two capital letters: MX. Or * for everyone.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="The code that officers use, such as T36.",
                        max_length=40,
                        verbose_name="code",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Short, full sentences that promise nothing.", verbose_name="text"
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
                    "hidden",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Not shown. Hide a shipped row rather than delete it: an update would bring it back.",
                        verbose_name="hidden",
                    ),
                ),
            ],
            options={
                "verbose_name": "other door",
                "verbose_name_plural": "other doors",
                "ordering": ["country", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("country", "name"), name="other_door_once_a_country"),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^([A-Z]{2}|\\*)$")),
                        name="other_door_country_form",
                        violation_error_message="Write two capital letters, or * for everyone.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REVISION, UNDO),
    ]
