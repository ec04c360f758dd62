"""Where a draft comes from; and what a draft says on a point of difference is not public before the draft is."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

REVISION = """
CREATE FUNCTION occupations_difference_text_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    slugs text[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(edition_id) INTO slugs
        FROM (SELECT edition_id FROM changed UNION SELECT edition_id FROM changed_to) AS both_sides;
    ELSE
        SELECT array_agg(DISTINCT edition_id) INTO slugs FROM changed;
    END IF;
    IF EXISTS (
        SELECT 1 FROM occupations_edition WHERE slug = ANY (slugs) AND state IN ('published', 'withdrawn')
    ) THEN
        PERFORM occupations_raise_revision();
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER revision_insert ON occupations_differencetext;
DROP TRIGGER revision_update ON occupations_differencetext;
DROP TRIGGER revision_delete ON occupations_differencetext;
CREATE TRIGGER revision_insert AFTER INSERT ON occupations_differencetext
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_difference_text_change();
CREATE TRIGGER revision_update AFTER UPDATE ON occupations_differencetext
    REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_difference_text_change();
CREATE TRIGGER revision_delete AFTER DELETE ON occupations_differencetext
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_difference_text_change();
"""

UNDO = """
DROP FUNCTION occupations_difference_text_change CASCADE;
CREATE TRIGGER revision_insert AFTER INSERT ON occupations_differencetext
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
CREATE TRIGGER revision_update AFTER UPDATE ON occupations_differencetext
    REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
CREATE TRIGGER revision_delete AFTER DELETE ON occupations_differencetext
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION occupations_public_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0006_translated_regulation_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftStart",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft_start",
                        serialize=False,
                        to="occupations.edition",
                        verbose_name="edition",
                    ),
                ),
                ("who", models.CharField(max_length=150, verbose_name="who")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="started",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="occupations.edition",
                        verbose_name="copied from",
                    ),
                ),
            ],
            options={
                "verbose_name": "start of a draft",
                "verbose_name_plural": "starts of drafts",
                "ordering": ["-started_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("who", ""), _negated=True)
                        ),
                        name="draft_start_says_why_and_who",
                    )
                ],
            },
        ),
        migrations.RunSQL(REVISION, UNDO),
    ]
