"""Staff's wordings of the guide's texts; a change raises the public revision."""

import django.db.models.functions.text
from django.db import migrations, models

TABLE = "occupations_guidetext"
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
        ("occupations", "0011_source_checks"),
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
                    ("regulation.note", "regulation.note"),
                    ("guide_text.text", "guide_text.text"),
                ],
                max_length=40,
                verbose_name="where it stands",
            ),
        ),
        migrations.CreateModel(
            name="GuideText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("english", models.TextField(verbose_name="text that comes with the site")),
                ("text", models.TextField(verbose_name="wording")),
            ],
            options={
                "verbose_name": "text of the guide",
                "verbose_name_plural": "texts of the guide",
                "ordering": ["english"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.MD5("english"),
                        name="guide_text_once",
                        violation_error_message="This text has a wording of yours already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("english", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="guide_text_is_given",
                        violation_error_message="Write the text, or delete the row to go back to the site's own.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REVISION, UNDO),
    ]
